#if canImport(CMicroHTTP)
  import Glibc
  import Synchronization
  import Testing
  import VirtualTime

  @testable import Web

  private let kept = Mutex<[Responder]>([])

  private func started(_ change: (inout WebSettings) -> Void = { _ in }) throws -> WebServer {
    var settings = WebSettings()
    settings.farewell = 0.5
    change(&settings)
    return try WebServer(
      settings,
      routes: [
        Route("GET", "/hello", "Greets") { _, responder in
          responder.answer(WebResponse(contentType: "text/plain", body: Array("hello".utf8)))
        },
        Route("POST", "/echo", "Says the same") { request, responder in
          responder.answer(WebResponse(body: request.body))
        },
        Route("GET", "/people/{name}/{part}", "Names") { request, responder in
          let query = request.query.map { "\($0.name)=\($0.value)" }.joined(separator: ";")
          let text =
            "\(request.parameter("name") ?? "")|\(request.parameter("part") ?? "")|\(query)"
          responder.answer(WebResponse(body: Array(text.utf8)))
        },
        Route("GET", "/later", "Answers from another thread") { _, responder in
          SystemThread {
            usleep(5_000)
            responder.answer(WebResponse(body: Array("later".utf8)))
          }.detach()
        },
        Route("GET", "/never", "Does not answer") { _, _ in },
        Route("GET", "/kept", "Is kept") { _, responder in kept.withLock { $0.append(responder) } },
        Route("GET", "/events", "Events") { _, responder in
          let stream = responder.stream()
          SystemThread {
            var number: UInt64 = 0
            while stream.isOpen {
              number += 1
              stream.send(event: number, "{\"number\":\(number)}")
              usleep(1_000)
            }
          }.detach()
        },
        Route("GET", "/flood", "More than anybody reads") { _, responder in
          let stream = responder.stream()
          SystemThread {
            let text = String(repeating: "x", count: 65_536)
            while stream.send(text) {}
          }.detach()
        },
      ])
  }

  private func opened(_ server: WebServer) throws -> RawClient {
    try #require(RawClient(port: server.port))
  }

  private func head(_ method: String, _ path: String, _ headers: String = "") -> String {
    "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n\(headers)\r\n"
  }

  @Suite(.serialized) struct `A web server` {
    @Test(
      arguments: [
        ("GET", "/hello", 200, "hello"), ("GET", "/nothing", 404, "nothing at this path"),
        ("POST", "/hello", 405, "here is only GET"), ("DELETE", "/echo", 405, "here is only POST"),
        ("OPTIONS", "/hello", 405, "here is only GET"),
        ("GET", "/people/anna/age?a=1&b=x%20y&c", 200, "anna|age|a=1;b=x y;c="),
        ("GET", "/people/an%C3%A9/a+b", 200, "ané|a+b|"),
        ("GET", "/people//age", 404, "nothing"), ("GET", "/people/%zz/age", 400, "escape"),
        ("GET", "/people/%00/age", 400, "escape"), ("GET", "/people/a%2Fb/age", 400, "escape"),
        ("GET", "/people/../hello", 400, "escape"), ("GET", "/people/%2e%2e/x", 400, "escape"),
        ("GET", "/people/%ff/age", 400, "escape"), ("GET", "/hello?a=%f", 400, "escape"),
        ("GET", "/hello/", 404, "nothing"), ("GET", "//hello", 404, "nothing"),
      ])
    func `a path leads where it should`(
      method: String, path: String, status: Int, body: String
    ) throws {
      let server = try started()
      defer { server.stop() }
      let client = try opened(server)
      client.send(head(method, path))
      let answer = try #require(client.answer())
      #expect(answer.status == status)
      #expect(answer.body.contains(body), "\(answer.body)")
      if status == 405 { #expect(answer.head.contains("Allow: ")) }
      // The connection goes on.
      client.send(head("GET", "/hello"))
      #expect(client.answer()?.status == 200)
    }

    @Test func `HEAD is answered like GET without a body`() throws {
      let server = try started()
      defer { server.stop() }
      let client = try opened(server)
      client.send("HEAD /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
      let text = client.text(until: "never comes")
      #expect(text.hasPrefix("HTTP/1.1 200"))
      #expect(text.contains("Content-Length: 5"))
      #expect(text.hasSuffix("\r\n\r\n"))
    }

    @Test func `answers come from other threads, to many at once, each its own`() throws {
      let server = try started { $0.threads = 2 }
      defer { server.stop() }
      let port = server.port
      let results = inParallel(count: 8, threads: 8) { number -> Int in
        guard let client = RawClient(port: port) else { return 0 }
        var right = 0
        for turn in 0..<50 {
          if turn % 2 == 0 {
            client.send(head("GET", "/later"))
            if client.answer()?.body == "later" { right += 1 }
          } else {
            let body = "\(number)-\(turn)"
            client.send(head("POST", "/echo", "Content-Length: \(body.utf8.count)\r\n") + body)
            if client.answer()?.body == body { right += 1 }
          }
        }
        return right
      }
      #expect(results == Array(repeating: 50, count: 8))
      #expect(server.counts.answers[2] == 400)
    }

    @Test func `a request that nobody answers is answered with 500`() throws {
      let server = try started()
      defer { server.stop() }
      let client = try opened(server)
      client.send(head("GET", "/never"))
      #expect(client.answer()?.status == 500)
    }

    @Test func `a body that is too large is refused, and the others are not held up`() throws {
      let server = try started { $0.greatestBody = 1_000 }
      defer { server.stop() }
      let client = try opened(server)
      let body = String(repeating: "x", count: 1_000)
      client.send(head("POST", "/echo", "Content-Length: 1000\r\n") + body)
      #expect(client.answer()?.body == body)
      client.send(head("POST", "/echo", "Content-Length: 1001\r\n") + body + "x")
      #expect(client.answer()?.status == 413)
      let other = try opened(server)
      other.send(head("POST", "/echo", "Transfer-Encoding: chunked\r\n") + "3\r\nabc\r\n0\r\n\r\n")
      #expect(other.answer()?.body == "abc")
    }

    @Test(
      arguments: [
        ("Host: localhost\r\n", 200), ("Host: localhost:PORT\r\n", 200),
        ("Host: 127.0.0.1:PORT\r\n", 200), ("Host: [::1]:PORT\r\n", 200),
        ("Host: LOCALHOST\r\n", 200), ("Host: evil.example\r\n", 421),
        ("Host: localhost:1\r\n", 421), ("Host: localhost.evil.example\r\n", 421),
        ("Host: \r\n", 421), ("Host: desk.example\r\n", 200),
        ("Host: localhost\r\nOrigin: http://localhost:PORT\r\n", 200),
        ("Host: localhost\r\nOrigin: https://evil.example\r\n", 403),
        ("Host: localhost\r\nOrigin: null\r\n", 403),
      ])
    func `only our own names are served`(headers: String, status: Int) throws {
      let server = try started { $0.hosts = ["desk.example"] }
      defer { server.stop() }
      let client = try opened(server)
      let headers = headers.replacing("PORT", with: "\(server.port)")
      client.send("GET /hello HTTP/1.1\r\n\(headers)\r\n")
      #expect(client.answer()?.status == status)
    }

    @Test(
      arguments: [
        ("", 401), ("Authorization: Bearer secret\r\n", 200),
        ("Authorization: bearer secret\r\n", 200), ("Authorization: Bearer secreT\r\n", 401),
        ("Authorization: Bearer secretsecret\r\n", 401), ("Authorization: Bearer \r\n", 401),
        ("Authorization: Basic secret\r\n", 401), ("Authorization: secret\r\n", 401),
      ])
    func `a token is needed where one is set`(header: String, status: Int) throws {
      let server = try started { $0.token = "secret" }
      defer { server.stop() }
      let client = try opened(server)
      client.send(head("GET", "/hello", header))
      let answer = try #require(client.answer())
      #expect(answer.status == status)
      if status == 401 { #expect(answer.head.contains("WWW-Authenticate: Bearer")) }
    }

    @Test func `who drips is cut off, in the head and in the body, and others go on`() throws {
      let server = try started { $0.arrivalTime = 0.4 }
      defer { server.stop() }
      let inHead = try opened(server)
      let inBody = try opened(server)
      inHead.send("GET /hello HTT")
      inBody.send(head("POST", "/echo", "Content-Length: 100\r\n") + "abc")
      for _ in 0..<8 {
        usleep(100_000)
        inHead.send("P")
        inBody.send("x")
        let other = try opened(server)
        other.send(head("GET", "/hello"))
        #expect(other.answer()?.status == 200)
      }
      inHead.timeout(seconds: 2)
      inBody.timeout(seconds: 2)
      #expect(inHead.isClosedByOther())
      #expect(inBody.isClosedByOther())
      #expect(server.counts.cutOff >= 2)
    }

    @Test func `a request that takes us long is not cut off`() throws {
      let server = try started {
        $0.arrivalTime = 0.2
        $0.idleTime = 0.2
      }
      defer { server.stop() }
      let client = try opened(server)
      client.send(head("GET", "/kept"))
      usleep(700_000)
      for responder in kept.withLock({ kept in
        let taken = kept
        kept = []
        return taken
      }) { responder.answer(WebResponse(body: Array("at last".utf8))) }
      #expect(client.answer()?.body == "at last")
      // Idle now: that is not forever.
      client.timeout(seconds: 2)
      #expect(client.isClosedByOther())
    }

    @Test func `one address asks so often and not more`() throws {
      let server = try started { $0.requestsPerSecond = 5 }
      defer { server.stop() }
      let client = try opened(server)
      var statuses: [Int] = []
      for _ in 0..<12 {
        client.send(head("GET", "/hello"))
        statuses.append(client.answer()?.status ?? 0)
      }
      #expect(statuses.prefix(5) == [200, 200, 200, 200, 200])
      #expect(statuses.contains(429))
      #expect(server.counts.tooFast == statuses.count { $0 == 429 })
      usleep(400_000)
      client.send(head("GET", "/hello"))
      #expect(client.answer()?.status == 200)
    }

    @Test func `events come as they are sent, and who does not read is cut off alone`() throws {
      let server = try started { $0.streamBuffer = 200_000 }
      defer { server.stop() }
      let deaf = try opened(server)
      deaf.send(head("GET", "/flood"))
      let reader = try opened(server)
      reader.send(head("GET", "/events"))
      let text = reader.text(until: "\"number\":50}")
      #expect(text.contains("text/event-stream"))
      for number in 1...50 { #expect(text.contains("id: \(number)\ndata: {\"number\":\(number)}")) }
      deaf.timeout(seconds: 3)
      usleep(300_000)
      #expect(deaf.isClosedByOther())
      #expect(server.counts.cutOff >= 1)
    }

    @Test func `a client that leaves its events is noticed`() throws {
      let server = try started()
      defer { server.stop() }
      do {
        let reader = try opened(server)
        reader.send(head("GET", "/events"))
        _ = reader.text(until: "\"number\":3}")
        #expect(server.counts.connections == 1)
      }
      for _ in 0..<100 where server.counts.connections > 0 { usleep(20_000) }
      #expect(server.counts.connections == 0)
    }

    @Test func `what is under way ends well when the service stops`() throws {
      let server = try started()
      let waiting = try opened(server)
      waiting.send(head("GET", "/kept"))
      let reader = try opened(server)
      reader.send(head("GET", "/events"))
      _ = reader.text(until: "\"number\":3}")
      let later = try opened(server)
      later.send(head("GET", "/later"))
      usleep(20_000)
      let port = server.port
      server.stop()
      #expect(later.answer()?.status == 200)
      #expect(waiting.answer()?.status == 503)
      reader.timeout(seconds: 2)
      #expect(reader.isClosedByOther())
      #expect(RawClient(port: port) == nil)
      kept.withLock { $0 = [] }
    }

    @Test func `two servers do not share a port, and the second says why`() throws {
      let server = try started()
      defer { server.stop() }
      do {
        _ = try another(port: server.port)
        Issue.record("it listened")
      } catch let problem as WebProblem {
        #expect(problem.description.contains("in use"), "\(problem)")
      }
    }

    private func another(port: UInt16) throws -> WebServer {
      var settings = WebSettings()
      settings.port = port
      return try WebServer(settings, routes: [])
    }

    @Test func `an address that is none is told`() throws {
      var settings = WebSettings()
      settings.address = "somewhere"
      #expect(throws: WebProblem.self) { _ = try WebServer(settings, routes: []) }
    }

    @Test func `nonsense on the line harms nobody`() throws {
      let server = try started { $0.arrivalTime = 1 }
      defer { server.stop() }
      var seed: UInt64 = 1
      func next() -> UInt64 {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return seed >> 33
      }
      let pieces = [
        "GET ", "POST ", "/hello", "/echo", " HTTP/1.1\r\n", " HTTP/1.0\r\n", " HTTP/9\r\n",
        "Host: localhost\r\n", "Content-Length: 5\r\n", "Content-Length: -1\r\n",
        "Content-Length: 99999999999999999999\r\n", "Transfer-Encoding: chunked\r\n", "\r\n",
        "\r\n\r\n", "5\r\nhello\r\n", "ffffffffffffffffff\r\n", "0\r\n\r\n", "\0", "\u{FFFD}",
        "%00",
        "Expect: 100-continue\r\n", String(repeating: "A", count: 40_000), ": :\r\n", "\n",
      ]
      for _ in 0..<300 {
        guard let client = RawClient(port: server.port) else {
          Issue.record("nobody listens any more")
          return
        }
        var bytes: [UInt8] = []
        for _ in 0..<(next() % 8 + 1) {
          if next() % 4 == 0 {
            bytes += (0..<(next() % 60)).map { _ in UInt8(truncatingIfNeeded: next()) }
          } else {
            bytes += Array(pieces[Int(next()) % pieces.count].utf8)
          }
        }
        client.send(bytes)
      }
      let client = try opened(server)
      client.send(head("GET", "/hello"))
      #expect(client.answer()?.status == 200)
      for _ in 0..<100 where server.counts.connections > 1 { usleep(20_000) }
      #expect(server.counts.connections == 1)
    }
  }

  @Suite struct `Loopback and JSON` {
    @Test(
      arguments: [
        ("127.0.0.1", true), ("127.8.9.1", true), ("::1", true), ("localhost", true),
        ("0.0.0.0", false), ("192.168.0.7", false), ("::", false), ("127.evil.example", false),
      ])
    func `an address is of this machine alone or not`(address: String, isLocal: Bool) {
      #expect(isLoopback(address) == isLocal)
    }

    @Test func `who is sent too much before the answer begins is cut off too`() {
      let stream = EventStream(limit: 100)
      #expect(stream.send("so much"))
      #expect(!stream.send(String(repeating: "x", count: 101)))
      let cuts = Mutex(0)
      stream.attach(resume: {}, cut: { cuts.withLock { $0 += 1 } })
      #expect(cuts.withLock { $0 } == 1)
    }

    @Test func `a problem is JSON whatever it says`() {
      let problem = WebResponse.problem(400, "a \"b\"", "line\nbreak \\ \u{1} é")
      #expect(
        String(decoding: problem.body, as: UTF8.self)
          == #"{"title":"a \"b\"","status":400,"detail":"line\nbreak \\ \u0001 é"}"#)
    }
  }
#endif
