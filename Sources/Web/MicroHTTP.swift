#if canImport(CMicroHTTP)
  import CMicroHTTP
  import Glibc
  import Synchronization

  // The one file that talks to libmicrohttpd. Unsafe because the library passes what belongs to a request or a
  // connection as bare pointers: each is a retained box that the library gives back exactly once, when the
  // request is completed or the connection closed. Its threads call in for one connection at a time.

  /// What is kept of a connection.
  private final class Connection {
    let core: WebCore
    let number: UInt64
    init(_ core: WebCore, _ number: UInt64) {
      self.core = core
      self.number = number
    }
  }

  /// A connection's pointer on its way to another thread, which only asks that it go on.
  @safe private struct Handle: @unchecked Sendable {
    let pointer: OpaquePointer
  }

  /// What is kept of a request.
  private final class Incoming {
    let target: String
    var body: [UInt8] = []
    var isTooLarge = false
    var hasBegun = false
    var exchange: WebExchange?
    var number: UInt64 = 0
    var connection: UInt64 = 0

    init(target: String) { self.target = target }
  }

  /// A running daemon of the library.
  @safe final class MicroHTTP: @unchecked Sendable {
    private let daemon: OpaquePointer
    private let core: Unmanaged<WebCore>
    let port: UInt16

    init(_ core: WebCore) throws(WebProblem) {
      let settings = core.settings
      var address = sockaddr_storage()
      guard let family = Self.fill(&address, settings.address, settings.port) else {
        throw WebProblem(description: "'\(settings.address)' is no address of this machine")
      }
      unsafe self.core = unsafe Unmanaged.passRetained(core)
      let context = unsafe self.core.toOpaque()
      errno = 0
      let started = unsafe withUnsafePointer(to: &address) { address in
        unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
          var wanted = unsafe sb_daemon(
            address: address, has_six: family == AF_INET6 ? 1 : 0,
            connections: UInt32(clamping: settings.connections),
            connections_per_client: UInt32(clamping: settings.connectionsPerClient),
            threads: UInt32(clamping: settings.threads),
            connection_memory: settings.connectionMemory, context: context, accepted: accepted,
            completed: completed, connection_changed: connectionChanged, noticed: noticed)
          return unsafe sb_start_daemon(&wanted)
        }
      }
      guard let started = unsafe started else {
        let why = errno
        unsafe self.core.release()
        throw WebProblem(
          description: Self.words(for: why, settings.address, settings.port))
      }
      unsafe daemon = started
      port = unsafe sb_daemon_port(started)
    }

    private static func words(for code: Int32, _ address: String, _ port: UInt16) -> String {
      let place = "\(address):\(port)"
      switch code {
      case EADDRINUSE: return "\(place) is in use by another program; choose another --port"
      case EACCES: return "\(place) needs rights that this user has not; choose a --port above 1023"
      case EADDRNOTAVAIL: return "'\(address)' is no address of this machine"
      default:
        let why = unsafe String(cString: strerror(code))
        return "\(place) cannot be listened on: \(why)"
      }
    }

    private static func fill(
      _ storage: inout sockaddr_storage, _ address: String, _ port: UInt16
    ) -> Int32? {
      let name = address == "localhost" ? "127.0.0.1" : address
      var four = sockaddr_in()
      if unsafe inet_pton(AF_INET, name, &four.sin_addr) == 1 {
        four.sin_family = sa_family_t(AF_INET)
        four.sin_port = port.bigEndian
        unsafe withUnsafeMutablePointer(to: &storage) {
          unsafe UnsafeMutableRawPointer($0).storeBytes(of: four, as: sockaddr_in.self)
        }
        return AF_INET
      }
      var six = sockaddr_in6()
      guard unsafe inet_pton(AF_INET6, name, &six.sin6_addr) == 1 else { return nil }
      six.sin6_family = sa_family_t(AF_INET6)
      six.sin6_port = port.bigEndian
      unsafe withUnsafeMutablePointer(to: &storage) {
        unsafe UnsafeMutableRawPointer($0).storeBytes(of: six, as: sockaddr_in6.self)
      }
      return AF_INET6
    }

    /// Ends all threads; nothing may be suspended any more.
    func stop() {
      unsafe MHD_stop_daemon(daemon)
      unsafe core.release()
    }
  }

  // MARK: - What the library calls

  /// A request begins: its target as it was sent.
  private let noticed:
    @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?) ->
      UnsafeMutableRawPointer? = { _, target, _ in
        let text = unsafe target.map { unsafe String(cString: $0) } ?? ""
        return unsafe Unmanaged.passRetained(Incoming(target: text)).toOpaque()
      }

  private let connectionChanged: MHD_NotifyConnectionCallback = { context, connection, note, code in
    guard let context = unsafe context, let note = unsafe note,
      let connection = unsafe connection
    else { return }
    if sb_begins(code) != 0 {
      let core = unsafe Unmanaged<WebCore>.fromOpaque(context).takeUnretainedValue()
      let number = core.watch.opened(socket: unsafe sb_connection_socket(connection))
      unsafe note.pointee = Unmanaged.passRetained(Connection(core, number)).toOpaque()
    } else if let kept = unsafe note.pointee {
      let connection = unsafe Unmanaged<Connection>.fromOpaque(kept).takeRetainedValue()
      connection.core.watch.closed(connection.number)
      unsafe note.pointee = nil
    }
  }

  private let completed: MHD_RequestCompletedCallback = { context, _, state, _ in
    guard let context = unsafe context, let pointer = unsafe state?.pointee else { return }
    unsafe state?.pointee = nil
    let core = unsafe Unmanaged<WebCore>.fromOpaque(context).takeUnretainedValue()
    let incoming = unsafe Unmanaged<Incoming>.fromOpaque(pointer).takeRetainedValue()
    if incoming.number > 0 { core.end(incoming.number) }
    core.watch.answered(incoming.connection)
  }

  private let accepted: MHD_AccessHandlerCallback = {
    context, connection, _, method, _, data, size, state in
    guard let context = unsafe context, let connection = unsafe connection,
      let method = unsafe method, let size = unsafe size, let pointer = unsafe state?.pointee
    else { return sb_no() }
    let core = unsafe Unmanaged<WebCore>.fromOpaque(context).takeUnretainedValue()
    let incoming = unsafe Unmanaged<Incoming>.fromOpaque(pointer).takeUnretainedValue()
    if !incoming.hasBegun {
      incoming.hasBegun = true
      if let note = unsafe sb_connection_note(connection) {
        incoming.connection = unsafe Unmanaged<Connection>.fromOpaque(note).takeUnretainedValue()
          .number
      }
      core.watch.begins(incoming.connection)
      return sb_yes()
    }
    if unsafe size.pointee > 0 {
      let count = unsafe size.pointee
      if incoming.body.count + count > core.settings.greatestBody {
        incoming.isTooLarge = true
        incoming.body = []
      } else if !incoming.isTooLarge, let data = unsafe data {
        unsafe incoming.body.append(
          contentsOf: UnsafeRawBufferPointer(start: data, count: count))
      }
      unsafe size.pointee = 0
      return sb_yes()
    }
    return unsafe whole(core, incoming, connection, method)
  }

  /// The request is there as a whole, or its connection goes on after it was answered elsewhere.
  private func whole(
    _ core: WebCore, _ incoming: Incoming, _ connection: OpaquePointer,
    _ method: UnsafePointer<CChar>
  ) -> MHD_Result {
    if incoming.isTooLarge {
      return unsafe queue(
        .problem(
          413, "too large", "a body has at most \(core.settings.greatestBody) bytes",
          headers: [("Connection", "close")]), core, connection)
    }
    let exchange: WebExchange
    if let known = incoming.exchange {
      exchange = known
    } else {
      core.watch.arrived(incoming.connection)
      let handle = unsafe Handle(pointer: connection)
      exchange = WebExchange(streamLimit: core.settings.streamBuffer) {
        unsafe MHD_resume_connection(handle.pointer)
      }
      incoming.exchange = exchange
      incoming.number = core.begin(exchange)
      guard let request = unsafe request(incoming, connection, method) else {
        return unsafe queue(
          .problem(
            400, "bad request",
            "what follows '?' has an escape that is none, or a header is no UTF-8"),
          core, connection)
      }
      core.handle(request, exchange)
    }
    switch exchange.answerOrSuspend({ unsafe MHD_suspend_connection(connection) }) {
    case nil: return sb_yes()
    case .whole(let response): return unsafe queue(response, core, connection)
    case .stream(let stream): return unsafe begin(stream, core, incoming, connection)
    }
  }

  private func request(
    _ incoming: Incoming, _ connection: OpaquePointer, _ method: UnsafePointer<CChar>
  ) -> WebRequest? {
    let parts = incoming.target.split(
      separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard let query = parts.count > 1 ? PercentCoding.query(parts[1]) : [] else { return nil }
    var headers: [(name: String, value: String)] = []
    for name in WebRequest.knownHeaders {
      let value = name.withUTF8Buffer { bytes in
        unsafe bytes.withMemoryRebound(to: CChar.self) { bytes in
          unsafe sb_header(connection, bytes.baseAddress)
        }
      }
      guard let value = unsafe value else { continue }
      // Two keys that are no text must not become the same one by being mended.
      guard let text = unsafe String(validatingCString: value) else { return nil }
      headers.append((String(describing: name), text))
    }
    return WebRequest(
      method: unsafe String(cString: method), path: String(parts.first ?? ""), query: query,
      body: incoming.body, headers: headers, client: unsafe client(connection))
  }

  private func client(_ connection: OpaquePointer) -> String {
    guard let address = unsafe sb_client_address(connection) else { return "" }
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let family = unsafe Int32(address.pointee.sa_family)
    let raw = unsafe UnsafeRawPointer(address)
    let offset = family == AF_INET6 ? 8 : 4
    unsafe inet_ntop(family, raw + offset, &text, socklen_t(text.count))
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private func queue(
    _ response: WebResponse, _ core: WebCore, _ connection: OpaquePointer
  ) -> MHD_Result {
    var body = response.body
    let made = unsafe body.withUnsafeMutableBytes { bytes in
      unsafe sb_response(bytes.baseAddress, bytes.count)
    }
    guard let made = unsafe made else { return sb_no() }
    unsafe MHD_add_response_header(made, "Content-Type", response.contentType)
    unsafe MHD_add_response_header(made, "Cache-Control", "no-store")
    unsafe MHD_add_response_header(made, "X-Content-Type-Options", "nosniff")
    for (name, value) in core.settings.headers + response.headers {
      unsafe MHD_add_response_header(made, name, value)
    }
    let result = unsafe MHD_queue_response(connection, UInt32(clamping: response.status), made)
    unsafe MHD_destroy_response(made)
    core.count(response.status)
    return result
  }

  // MARK: - Streams

  /// What the library holds of a stream while it writes it.
  @safe private final class Writing {
    let stream: EventStream
    let connection: OpaquePointer
    init(_ stream: EventStream, _ connection: OpaquePointer) {
      self.stream = stream
      unsafe self.connection = connection
    }
  }

  private func begin(
    _ stream: EventStream, _ core: WebCore, _ incoming: Incoming, _ connection: OpaquePointer
  ) -> MHD_Result {
    let handle = unsafe Handle(pointer: connection)
    let number = incoming.connection
    stream.attach(
      resume: { unsafe MHD_resume_connection(handle.pointer) }, cut: { core.watch.cut(number) })
    let writing = unsafe Unmanaged.passRetained(Writing(stream, connection)).toOpaque()
    guard let made = unsafe sb_stream(readStream, writing, freeStream) else {
      unsafe Unmanaged<Writing>.fromOpaque(writing).release()
      return sb_no()
    }
    unsafe MHD_add_response_header(made, "Content-Type", "text/event-stream")
    unsafe MHD_add_response_header(made, "Cache-Control", "no-store")
    let result = unsafe MHD_queue_response(connection, 200, made)
    unsafe MHD_destroy_response(made)
    core.count(200)
    return result
  }

  private let readStream: MHD_ContentReaderCallback = { context, _, buffer, size in
    guard let context = unsafe context, let buffer = unsafe buffer else { return sb_stream_end() }
    let writing = unsafe Unmanaged<Writing>.fromOpaque(context).takeUnretainedValue()
    let portion = writing.stream.take(
      atMost: size,
      into: { bytes in
        for (place, byte) in bytes.enumerated() { unsafe buffer[place] = CChar(bitPattern: byte) }
      },
      suspend: { unsafe MHD_suspend_connection(writing.connection) })
    switch portion {
    case .bytes(let count): return count
    case .nothing: return 0
    case .end: return sb_stream_end()
    }
  }

  private let freeStream: MHD_ContentReaderFreeCallback = { context in
    guard let context = unsafe context else { return }
    unsafe Unmanaged<Writing>.fromOpaque(context).release()
  }
#endif
