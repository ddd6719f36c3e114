import COnDemand
import Glibc
import Testing

private func library(_ name: String) -> sb_library {
  sb_library(
    name: strdup(name), other_name: strdup("libnothing.so"), package: strdup("libnothing9"),
    handle: nil)
}

@Suite struct `Libraries that are opened when they are needed` {
  @Test func `a function is called where it is`() throws {
    var maths = library("libm.so.6")
    let found = try #require(sb_library_function(&maths, "fabs"))
    typealias Function = @convention(c) (Double) -> Double
    #expect(unsafeBitCast(found, to: Function.self)(-2.5) == 2.5)
    #expect(sb_library_function(&maths, "fabs") == found)
  }

  @Test func `one that is gone ends the program and is named, with what to install`() async throws {
    let result = await #expect(
      processExitsWith: .exitCode(4), observing: [\.standardErrorContent]
    ) {
      var gone = library("libnothing.so.9")
      _ = sb_library_function(&gone, "work")
    }
    let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(
      said == "switchboard: error: libnothing.so.9: the library cannot be opened; "
        + "on Debian: apt-get install libnothing9\n")
  }

  @Test func `one that is another than was built with ends the program`() async throws {
    let result = await #expect(
      processExitsWith: .exitCode(4), observing: [\.standardErrorContent]
    ) {
      var other = library("libm.so.6")
      _ = sb_library_function(&other, "work")
    }
    let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(said.contains("libm.so.6: it has no function that this needs"))
  }
}
