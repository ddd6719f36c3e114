/// Every benchmark, in the order in which they are listed and run.
let benchmarks: [Benchmark] = [
  .mm1,
  .mm100,
  .hold(pending: 100),
  .hold(pending: 10_000),
  .hold(pending: 1_000_000),
  .timerCancel,
  .sleepers,
  .twoThreads,
  .worldRoundRobin,
  .worldLeastOpen,
  .worldWorkflow,
  .worldThreads,
  .realUse,
  .variates,
  .pools,
  .decisions,
]
