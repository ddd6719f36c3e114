import Experiments
import Reporting
import Web

extension Console {
  /// What Watch asks for: an hour of two ways, and the story of one conversation.
  var watching: [Route] {
    [
      Route("GET", "/v1/sittings/{id}/watch", "an hour of a run under two ways") {
        [self] request, responder in
        answer(request, responder) { sitting in
          do throws(WatchRequest.Refusal) {
            let answer = try WatchAnswer(WatchRequest(sitting), request)
            return WebResponse(body: Array(Wire.text(answer.json).utf8))
          } catch {
            return error.response
          }
        }
      },
      Route("GET", "/v1/sittings/{id}/story", "what happened to one conversation") {
        [self] request, responder in
        answer(request, responder) { sitting in
          do throws(WatchRequest.Refusal) {
            let view = try StoryView(WatchRequest(sitting), request)
            return WebResponse(body: Array(Wire.text(["html": view.html]).utf8))
          } catch {
            return error.response
          }
        }
      },
    ]
  }
}
