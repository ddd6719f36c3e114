import Experiments
import Measurement
import Reporting
import Scenarios
public import Web

extension Console {
  /// Everything that the page asks for.
  public var routes: [Route] {
    pages + starting + opening + changing + watching + planning + [
      Route("GET", "/v1/sittings/{id}", "a sitting as it stands") { [self] request, responder in
        answer(request, responder) { .state($0.told()) }
      },
      Route("GET", "/v1/sittings/{id}/events", "what comes of it") { [self] request, responder in
        guard let sitting = sitting(request.parameter("id")) else {
          return responder.answer(Self.noSitting)
        }
        sitting.follow(responder.stream())
      },
      Route("GET", "/v1/sittings/{id}/report", "the report page") { [self] request, responder in
        answer(request, responder) { $0.report() }
      },
    ]
  }

  private var pages: [Route] {
    [
      Route("GET", "/", "the page") { [self] _, responder in responder.answer(shell()) },
      Route("GET", "/{file}", "a file of the page") { request, responder in
        let file = request.parameter("file").flatMap(PageFiles.file)
        responder.answer(file ?? .problem(404, "not found", "there is no such file"))
      },
    ]
  }

  private var opening: [Route] {
    [
      Route("POST", "/v1/sittings", "open a scenario") { [self] request, responder in
        guard let asked = Wire.read(Asked.Opening.self, request.body) else {
          return responder.answer(Self.unreadable)
        }
        responder.answer(open(asked))
      }
    ]
  }

  private var changing: [Route] {
    [
      change("text", Asked.Text.self) { (sitting, asked) throws(Sitting.Refusal) in
        try sitting.put(asked.text, seen: asked.revision)
      },
      change("edit", Asked.Edit.self) { (sitting, asked) throws(Sitting.Refusal) in
        try sitting.edit(asked.edits, seen: asked.revision)
      },
      change("repair", Asked.Repair.self) { (sitting, asked) throws(Sitting.Refusal) in
        try sitting.repair(asked.problem, seen: asked.revision)
      },
      change("undo", Asked.Nothing.self) { (sitting, _) throws(Sitting.Refusal) in
        try sitting.change(seen: nil) { $0.draft.undo() }
      },
      change("redo", Asked.Nothing.self) { (sitting, _) throws(Sitting.Refusal) in
        try sitting.change(seen: nil) { $0.draft.redo() }
      },
      change("back", Asked.Nothing.self) { (sitting, _) throws(Sitting.Refusal) in
        try sitting.change(seen: nil) { state in
          if let pinned = state.pinned { state.draft.change(to: pinned.text) }
        }
      },
      change("pin", Asked.Pin.self) { sitting, asked in sitting.pin(asked.pinned) },
      change("stop", Asked.Nothing.self) { sitting, _ in sitting.stop() },
      change("more", Asked.Nothing.self) { sitting, _ in sitting.goOn() },
      Route("POST", "/v1/sittings/{id}/save", "write it to its file") { [self] request, responder in
        let asked = Wire.read(Asked.Save.self, request.body)
        answer(request, responder) { sitting in
          do throws(Folder.Refusal) {
            return .state(try sitting.save(as: asked?.as, anyway: asked?.anyway ?? false))
          } catch {
            return error.response
          }
        }
      },
      Route("POST", "/v1/sittings/{id}/revert", "take what the disk has") {
        [self] request, responder in
        answer(request, responder) { sitting in
          do throws(Folder.Refusal) { return .state(try sitting.revert()) } catch {
            return error.response
          }
        }
      },
    ]
  }

  private func change<Body: Decodable & SendableMetatype>(
    _ name: String, _ type: Body.Type,
    _ change: @escaping @Sendable (Sitting, Body) throws(Sitting.Refusal) -> SittingState
  ) -> Route {
    Route("POST", "/v1/sittings/{id}/\(name)", name) { [self] request, responder in
      guard let asked = Wire.read(type, request.body.isEmpty ? Array("{}".utf8) : request.body)
      else { return responder.answer(Self.unreadable) }
      answer(request, responder) { sitting in
        do throws(Sitting.Refusal) { return .state(try change(sitting, asked)) } catch {
          return error.response
        }
      }
    }
  }

  func answer(
    _ request: WebRequest, _ responder: Responder, _ body: (Sitting) -> WebResponse
  ) {
    guard let sitting = sitting(request.parameter("id")) else {
      return responder.answer(Self.noSitting)
    }
    responder.answer(body(sitting))
  }

  static let noSitting = WebResponse.problem(
    404, "not open", "this scenario is not open any more; open it again from Start")
  static let unreadable = WebResponse.problem(
    400, "unreadable", "the request is no JSON of the kind that is expected here")
}

extension WebResponse {
  static func state(_ state: SittingState) -> WebResponse {
    WebResponse(body: Array(Wire.text(state).utf8))
  }

  static func json(_ value: some Encodable) -> WebResponse {
    WebResponse(body: Array(Wire.text(value).utf8))
  }

  static func html(_ text: String) -> WebResponse {
    WebResponse(contentType: "text/html; charset=utf-8", body: Array(text.utf8))
  }
}

extension Sitting.Refusal {
  var response: WebResponse {
    switch self {
    case .changedMeanwhile:
      .problem(409, "changed meanwhile", "somebody else changed the text; it is read again")
    case .impossible(let words): .problem(422, "not possible", words)
    }
  }
}

extension Folder.Refusal {
  var response: WebResponse {
    switch self {
    case .outside:
      .problem(
        403, "outside",
        "only .yaml files of the folder that this was started in are opened and saved")
    // Not 404, which would say that the sitting is not there.
    case .gone: .problem(409, "gone", "the file is not there any more")
    case .unreadable(let why): .problem(422, "unreadable", "the file cannot be read: \(why)")
    case .taken:
      .problem(409, "exists", "there is a file of this name already; choose another")
    case .changedOnDisk:
      .problem(409, "changed on disk", "the file changed on the disk since it was opened")
    case .unwritable(let why): .problem(422, "unwritable", "the file cannot be written: \(why)")
    }
  }
}
