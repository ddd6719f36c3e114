#if canImport(CMicroHTTP)
  import Glibc
  import Synchronization
  import VirtualTime

  /// A server that is running.
  public final class WebServer: Sendable {
    private let core: WebCore
    private let daemon: MicroHTTP
    private let isStopping = Atomic<Bool>(false)
    private let alarm = Alarm()
    /// The port it listens on.
    public let port: UInt16

    /// Starts to listen.
    public init(_ settings: WebSettings, routes: [Route]) throws(WebProblem) {
      signal(SIGPIPE, SIG_IGN)
      core = WebCore(settings, routes)
      daemon = try MicroHTTP(core)
      port = daemon.port
      core.listens(on: port)
      let (core, alarm) = (core, alarm)
      let isOver: @Sendable () -> Bool = { [weak self] in
        self?.isStopping.load(ordering: .acquiring) ?? true
      }
      SystemThread {
        var turns = 0
        while !isOver() {
          alarm.wait(nanoseconds: 100_000_000)
          core.watch.review()
          turns += 1
          if turns % 100 == 0 { core.beat() }
        }
      }.detach()
    }

    /// What it did so far.
    public var counts: WebCounts { core.allCounts }

    /// Takes nothing new, lets what is under way come to its end for a while, and stops.
    public func stop() {
      guard !isStopping.exchange(true, ordering: .acquiringAndReleasing) else { return }
      // The library's own way to take no new connections races with its threads and may end the program: who
      // comes now is told with 503 that it is too late.
      core.leave()
      let end = Alarm.now() + Int64(core.settings.farewell * 1e9)
      while core.underWayCount > core.streamCount, Alarm.now() < end { usleep(2_000) }
      core.dismissAll()
      // Who was told a moment ago may still be reading it.
      let last = Alarm.now() + 1_000_000_000
      while core.underWayCount > 0, Alarm.now() < last { usleep(2_000) }
      daemon.stop()
    }
  }
#endif
