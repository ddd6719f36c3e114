// swift-tools-version: 6.2
import PackageDescription

/// The house: a module may import only what stands above it (TidyTests holds the table).
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  // A generic type whose parameters are known is asked for by its function, not by its name: by name the runtime
  // proves the parameters' conformances anew, by a search of all that the program has, 440,000 instructions for
  // every type that is encoded.
  .unsafeFlags(
    ["-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors"],
    .when(configuration: .release)),
]

/// A test may use the test library's macros, whose expansions are not ours to mark `unsafe`.
let testing: [SwiftSetting] = [
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
  .treatAllWarnings(as: .error),
]

/// The program's own C is described in the older way: Debian 12's Valgrind, which counts instructions, does not start
/// a program with some of the newer (DWARF 5).
let profiled: [CSetting] = [.unsafeFlags(["-gdwarf-4"])]

func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: testing)
}

let package = Package(
  name: "switchboard",
  products: [.executable(name: "switchboard", targets: ["switchboard"])],
  targets: [
    .systemLibrary(name: "CThread"),
    .systemLibrary(name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"])]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    // Optional: where its header is missing, `canImport(CGLPK)` is false; opened when first needed.
    .systemLibrary(name: "CGLPK", providers: [.apt(["libglpk-dev"])]),
    .systemLibrary(name: "CMicroHTTP", providers: [.apt(["libmicrohttpd-dev"])]),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .target(name: "COnDemand", cSettings: profiled),
    // What the benchmarks stand beside: the same work as a plain C loop, as fast as C gets here.
    .target(
      name: "CPlainLoops",
      cSettings: [.unsafeFlags(["-O3", "-march=native"], .when(configuration: .release))],
      linkerSettings: [.linkedLibrary("m")]),
    // The files of the page that `ui` serves, as constants of the program.
    .target(name: "CPages", exclude: ["files"], cSettings: profiled),

    module("VirtualTime", ["CThread"]),
    module("Sampling", ["CGSL"]),
    module("Statistics", ["CGSL"]),
    module("Engine", exclude: ["PLATFORM.md"]),
    module("Measurement", ["VirtualTime", "Statistics"]),
    module("Scenarios", ["CYAML", "Engine", "Sampling", "Measurement"]),
    module("World", ["VirtualTime", "Sampling", "Engine", "Scenarios", "Measurement"]),
    module(
      "Experiments",
      [
        "CGLPK", "COnDemand", "VirtualTime", "Sampling", "Statistics", "Engine", "Measurement",
        "Scenarios",
        "World",
      ]),
    module(
      "Verification",
      [
        "VirtualTime", "Sampling", "Engine", "Measurement", "Scenarios", "World", "Experiments",
      ]),
    module("Fitting", ["Sampling", "Statistics", "Engine", "Measurement", "Scenarios"]),
    module("Reporting", ["Measurement", "Statistics"]),
    module("Web", ["CMicroHTTP", "COnDemand", "VirtualTime"]),
    module(
      "Service",
      [
        "CSQLite", "COnDemand", "VirtualTime", "Sampling", "Statistics", "Engine", "Measurement",
        "Scenarios",
        "World", "Web",
      ]),
    module("Handbook", ["Measurement", "Scenarios", "Statistics", "Experiments", "Reporting"]),
    module(
      "Console",
      [
        "CPages", "VirtualTime", "Sampling", "Statistics", "Engine", "Measurement", "Scenarios",
        "World",
        "Experiments", "Fitting", "Reporting", "Web", "Handbook",
      ]),
    .executableTarget(
      name: "switchboard",
      dependencies: [
        "VirtualTime", "Sampling", "Statistics", "Engine", "Measurement", "Scenarios", "World",
        "Experiments", "Verification", "Fitting", "Reporting", "Web", "Service", "Handbook",
        "Console",
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "CGSL", "CPlainLoops", "VirtualTime", "Sampling", "Statistics", "Engine", "Measurement",
        "Scenarios", "World",
      ],
      swiftSettings: strict),

    tests("VirtualTimeTests", ["VirtualTime"]),
    tests("SamplingTests", ["Sampling"], exclude: ["Reference"]),
    tests("StatisticsTests", ["Statistics"], exclude: ["Reference"]),
    tests("EngineTests", ["Engine"]),
    tests("MeasurementTests", ["Measurement", "VirtualTime", "Statistics"]),
    tests(
      "ScenariosTests", ["Scenarios", "Engine", "Sampling", "Measurement", "switchboard"],
      exclude: ["Reference"]),
    tests(
      "WorldTests",
      ["World", "VirtualTime", "Sampling", "Engine", "Scenarios", "Measurement", "Statistics"],
      exclude: ["Reference"]),
    tests(
      "ExperimentsTests",
      [
        "Experiments", "VirtualTime", "Engine", "World", "Sampling", "Scenarios", "Measurement",
        "Statistics", "Reporting",
      ]),
    tests(
      "VerificationTests",
      [
        "Verification", "VirtualTime", "Engine", "Scenarios", "World", "Experiments", "Measurement",
        "switchboard",
      ], exclude: ["Defects"]),
    tests(
      "FittingTests",
      [
        "Fitting", "Sampling", "Statistics", "Engine", "Measurement", "Scenarios", "World",
        "Experiments", "switchboard",
      ]),
    tests("ReportingTests", ["Reporting", "Measurement", "Statistics", "switchboard"]),
    tests("WebTests", ["Web", "COnDemand"]),
    tests(
      "ServiceTests",
      [
        "Service", "Web", "VirtualTime", "Sampling", "Engine", "Scenarios", "World", "Measurement",
        "Statistics", "switchboard",
      ]),
    tests("HandbookTests", ["Handbook", "Reporting", "Scenarios", "switchboard"]),
    tests(
      "ConsoleTests",
      [
        "Console", "Web", "Engine", "Scenarios", "Experiments", "Measurement", "Reporting", "World",
      ]),
    tests("CommandLineTests", ["switchboard"]),
    tests("BenchmarksTests", ["Benchmarks", "VirtualTime", "Statistics"]),
    tests("TidyTests"),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu11
)
