/// How a server listens, and what it does not put up with.
public struct WebSettings: Sendable {
  /// The address it listens on.
  public var address = "127.0.0.1"
  /// The port; 0 for any that is free.
  public var port: UInt16 = 0
  /// Names of this host that requests may use besides the address and `localhost`.
  public var hosts: [String] = []
  /// The token that requests must show; nil if none is needed.
  public var token: String?
  /// The cookie that browsers get in exchange for a token in the address, its port added to the name, since
  /// cookies are of all ports; nil where programs ask, which send the token as a header.
  public var cookie: String?
  /// Headers that every answer has.
  public var headers: [(name: String, value: String)] = []
  /// Threads that read and write.
  public var threads = 1
  /// The greatest body, in bytes.
  public var greatestBody = 1 << 20
  /// Memory of a connection, which bounds its headers, in bytes.
  var connectionMemory = 32 << 10
  /// The most connections.
  public var connections = 1_000
  /// The most connections of one address; 0 for no bound.
  var connectionsPerClient = 0
  /// The most requests a second of one address; nil for no bound.
  public var requestsPerSecond: Double?
  /// How long a request may take to arrive, in seconds.
  var arrivalTime = 10.0
  /// How long a connection may be idle, in seconds.
  var idleTime = 60.0
  /// The most bytes that wait for a client that follows events.
  public var streamBuffer = 1 << 20
  /// How long what is under way may take at the end, in seconds.
  public var farewell = 5.0

  /// The usual.
  public init() {}
}

/// Why a server cannot start, in words.
public struct WebProblem: Error, Sendable, CustomStringConvertible {
  /// What is wrong.
  public let description: String
}

/// The library that the server is built on.
public enum WebLibrary {
  /// Whether it was there when the program was built.
  public static var isAvailable: Bool {
    #if canImport(CMicroHTTP)
      true
    #else
      false
    #endif
  }

  /// What to do where it was not.
  public static let missing =
    "this program was built without libmicrohttpd; install libmicrohttpd-dev and build it again"
}
