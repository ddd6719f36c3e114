import Engine

/// How requests are examined and carried out.
extension WorkspaceHost {
  /// What becomes of an event of a request.
  private enum Fate {
    case carriedOut(ResolvedEvent)
    /// It was carried out before, and this came of it.
    case known(JournalRow)
    /// It says the same as an earlier event of the request.
    case sameAs(Int)
  }

  /// Carries out all of a request or, where something in it makes no sense, nothing.
  func carryOut(
    _ post: Post, _ state: WorkspaceState, at now: EngineTime
  ) throws(SQLiteFailure) -> Reply {
    var coming = ComingNames()
    let keys: [String?]
    do throws(BadRequest) { keys = try Self.keys(of: post) } catch { return refuse(error) }
    let fates: [Fate]
    switch try examine(post, keys, state, at: now, &coming) {
    case .success(let found): fates = found
    case .failure(let error): return refuse(error)
    }
    var results: [[UInt8]] = []
    for (index, fate) in fates.enumerated() {
      switch fate {
      case .known(let row): results.append(Self.repeated(row.result))
      case .sameAs(let earlier): results.append(Self.repeated(results[earlier]))
      case .carriedOut(var resolved):
        let draft = post.drafts[index]
        if index > 0 { resolved = try again(draft, state, at: now, coming) }
        results.append(
          try write(resolved, draft.kind, key: keys[index], draft.text, state, at: now))
        metrics.events += 1
        continue
      }
      metrics.repeated += 1
    }
    guard post.isList else { return Reply(status: 200, body: results[0]) }
    var line = JSONLine(capacity: results.reduce(2) { $0 + $1.count + 1 })
    line.begin("[")
    for result in results { line.raw(result) }
    line.end("]")
    return Reply(status: 200, body: line.bytes)
  }

  private func refuse(_ error: BadRequest) -> Reply {
    metrics.badRequests += 1
    return error.reply
  }

  /// Looks an event up again once those before it were carried out.
  private func again(
    _ draft: EventDraft, _ state: WorkspaceState, at now: EngineTime, _ coming: ComingNames
  ) throws(SQLiteFailure) -> ResolvedEvent {
    do throws(BadRequest) {
      return try state.resolve(draft, at: now, beside: coming)
    } catch {
      // What made sense a moment ago cannot lose it; if it does, nothing of the commit may stay.
      throw SQLiteFailure(code: -1, message: "an event changed its meaning: \(error.message)")
    }
  }

  /// A result once more.
  private static func repeated(_ result: [UInt8]) -> [UInt8] {
    let mark = ",\"repeated\":true}"
    return result.suffix(mark.utf8.count).elementsEqual(mark.utf8)
      ? result : result.dropLast() + Array(mark.utf8)
  }

  // MARK: Keys

  /// The key of each event: its own, or the request's, numbered where the request has several events.
  private static func keys(of post: Post) throws(BadRequest) -> [String?] {
    guard let key = post.key else { return post.drafts.map(\.key) }
    let whole = try EventDraft.checked(key: key)
    if !post.isList {
      guard post.drafts[0].key == nil || post.drafts[0].key == whole else {
        throw BadRequest(422, "bad_value", "the request has one key and its event another")
      }
      return [whole]
    }
    if let index = post.drafts.firstIndex(where: { $0.key != nil }) {
      throw BadRequest(
        422, "bad_value", "give a key to the request or to its events, not to both"
      ).at(index)
    }
    return (1...post.drafts.count).map { "\(whole)#\($0)" }
  }

  private static func otherBody(_ key: String) -> BadRequest {
    BadRequest(
      422, "key_reused",
      "the key '\(BadRequest.shortened(key))' came before with something else in it")
  }

  /// A request with a key of its own comes again only as a whole.
  private func isCutOtherwise(_ post: Post) throws(SQLiteFailure) -> Bool {
    guard let key = post.key, post.isList, try store.row(ofKey: "\(key)#1") != nil else {
      return false
    }
    let isShorter = try store.row(ofKey: "\(key)#\(post.drafts.count + 1)") != nil
    return isShorter ? true : try store.row(ofKey: "\(key)#\(post.drafts.count)") == nil
  }

  // MARK: Examining

  /// Looks up everything before anything is carried out.
  private func examine(
    _ post: Post, _ keys: [String?], _ state: WorkspaceState, at now: EngineTime,
    _ coming: inout ComingNames
  ) throws(SQLiteFailure) -> Result<[Fate], BadRequest> {
    if try isCutOtherwise(post) { return .failure(Self.otherBody(post.key ?? "")) }
    var fates: [Fate] = []
    fates.reserveCapacity(keys.count)
    var places: [String: Int] = [:]
    for (index, draft) in post.drafts.enumerated() {
      let at = post.isList ? index : nil
      if let key = keys[index] {
        if let row = try store.row(ofKey: key) {
          guard let old = try? EventDraft(journal: row.event), old.says(theSameAs: draft) else {
            return .failure(Self.otherBody(key).at(at))
          }
          fates.append(.known(row))
          continue
        }
        if let earlier = places[key] {
          guard post.drafts[earlier].says(theSameAs: draft) else {
            return .failure(Self.otherBody(key).at(at))
          }
          fates.append(.sameAs(earlier))
          continue
        }
        places[key] = index
      }
      do throws(BadRequest) {
        let resolved = try state.resolve(draft, at: now, beside: coming)
        coming.note(resolved.event)
        fates.append(.carriedOut(resolved))
      } catch {
        return .failure(error.at(at))
      }
    }
    coming.isComplete = true
    return .success(fates)
  }
}
