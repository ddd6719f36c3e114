internal import CGSL

/// GSL, drawing from our streams.
///
/// GSL's samplers want a generator of GSL's own: a table of functions and a pointer to a state. Both
/// are two words on the stack here, pointing at the stream in hand for the length of one call;
/// nothing is allocated or shared between threads.
///
/// The unsafe code of the module is in this file. The pointer to the stream lives exactly as long
/// as `withUnsafeMutablePointer`, GSL keeps no copy of it, and the table of functions is made once
/// and never freed.
enum GSLSource {
  /// The stream as a generator type: 32 bits a call, or a number strictly between 0 and 1.
  nonisolated(unsafe) private static let philox: UnsafePointer<gsl_rng_type> = {
    sb_gsl_errors_off()
    let type = UnsafeMutablePointer<gsl_rng_type>.allocate(capacity: 1)
    unsafe type.initialize(to: gsl_rng_type())
    unsafe type.pointee.name = sb_philox_name()
    unsafe type.pointee.max = 0xFFFF_FFFF
    unsafe type.pointee.min = 0
    unsafe type.pointee.size = MemoryLayout<RandomStream>.size
    // Streams are keyed: a seed set through GSL has nothing to act on.
    unsafe type.pointee.set = { _, _ in }
    unsafe type.pointee.get = { state in
      guard let state = unsafe state else { return 0 }
      let bits = unsafe state.assumingMemoryBound(to: RandomStream.self).pointee.bits()
      return UInt(bits &>> 32)
    }
    unsafe type.pointee.get_double = { state in
      guard let state = unsafe state else { return 0.5 }
      return unsafe state.assumingMemoryBound(to: RandomStream.self).pointee.uniform()
    }
    return unsafe UnsafePointer(type)
  }()

  /// Calls one of GSL's samplers on a stream.
  @inline(__always)
  private static func draw<T>(
    _ stream: inout RandomStream, _ sampler: (UnsafePointer<gsl_rng>) -> T
  ) -> T {
    unsafe withUnsafeMutablePointer(to: &stream) { pointer in
      var generator = unsafe gsl_rng(type: philox, state: UnsafeMutableRawPointer(pointer))
      return unsafe sampler(&generator)
    }
  }

  static func gamma(_ stream: inout RandomStream, shape: Double, scale: Double) -> Double {
    unsafe draw(&stream) { unsafe gsl_ran_gamma($0, shape, scale) }
  }

  static func beta(_ stream: inout RandomStream, _ a: Double, _ b: Double) -> Double {
    unsafe draw(&stream) { unsafe gsl_ran_beta($0, a, b) }
  }

  static func poisson(_ stream: inout RandomStream, mean: Double) -> Int {
    Int(unsafe draw(&stream) { unsafe gsl_ran_poisson($0, mean) })
  }
}
