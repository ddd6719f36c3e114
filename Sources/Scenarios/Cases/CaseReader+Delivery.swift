import Engine

extension ValueReader {
  /// `works`, `fails`, `{works_after: 10 s}` or `{fails_after: 10 s}`.
  func delivery() -> CaseFile.Delivery? {
    guard isMapping else {
      return choice(
        "delivery",
        ["works": CaseFile.Delivery(), "fails": CaseFile.Delivery(arrives: false)])
    }
    guard let mapping = mapping(CaseKeys.slowDelivery) else { return nil }
    let keys = ["works_after", "fails_after"]
    guard let (key, length) = mapping.only(of: keys, subject: "a delivery") else {
      expected("works, fails, {works_after: 10 s} or {fails_after: 10 s}")
      return nil
    }
    return length.positiveDuration(key).map {
      CaseFile.Delivery(arrives: key == keys[0], after: $0)
    }
  }
}
