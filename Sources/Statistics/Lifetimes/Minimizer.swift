internal import CGSL

/// The minimum of a function of a few variables.
enum Minimizer {
  /// Nelder and Mead's simplex (1965) as GSL has it: slow, but needs no slopes and hardly ever fails.
  ///
  /// A value that is no number counts as infinitely bad. Nothing where GSL gives up.
  static func simplex(
    from start: [Double], step: Double = 0.3, steps: Int = 400, tolerance: Double = 1e-7,
    of function: ([Double]) -> Double
  ) -> [Double]? {
    guard !start.isEmpty else { return nil }
    Special.silenceErrors()
    return withoutActuallyEscaping(function) { function in
      let target = Target(function)
      return search(target, start, step, steps, tolerance)
    }
  }

  /// Carries a Swift function through the pointer that GSL hands back.
  private final class Target {
    let function: ([Double]) -> Double
    init(_ function: @escaping ([Double]) -> Double) { self.function = function }
  }

  private static func search(
    _ target: Target, _ start: [Double], _ step: Double, _ steps: Int, _ tolerance: Double
  ) -> [Double]? {
    let count = start.count
    guard let place = unsafe gsl_vector_alloc(count), let sizes = unsafe gsl_vector_alloc(count)
    else { return nil }
    defer {
      unsafe gsl_vector_free(place)
      unsafe gsl_vector_free(sizes)
    }
    for index in 0..<count {
      unsafe gsl_vector_set(place, index, start[index])
      unsafe gsl_vector_set(sizes, index, step)
    }
    guard let simplex = unsafe sb_gsl_simplex(count) else { return nil }
    defer { unsafe gsl_multimin_fminimizer_free(simplex) }
    var problem = unsafe gsl_multimin_function(
      f: { place, context in
        guard let place = unsafe place, let context = unsafe context else { return .infinity }
        let target = unsafe Unmanaged<Target>.fromOpaque(context).takeUnretainedValue()
        let count = unsafe place.pointee.size
        var values: [Double] = []
        for index in 0..<count { values.append(unsafe gsl_vector_get(place, index)) }
        let value = target.function(values)
        // GSL refuses what is not finite.
        return value.isFinite ? value : 1e300
      }, n: count, params: Unmanaged.passUnretained(target).toOpaque())
    return unsafe withUnsafeMutablePointer(to: &problem) { problem in
      guard unsafe gsl_multimin_fminimizer_set(simplex, problem, place, sizes) == 0 else {
        return nil
      }
      for _ in 0..<steps {
        guard unsafe gsl_multimin_fminimizer_iterate(simplex) == 0 else { break }
        if unsafe gsl_multimin_fminimizer_size(simplex) < tolerance { break }
      }
      guard let best = unsafe gsl_multimin_fminimizer_x(simplex) else { return nil }
      return (0..<count).map { unsafe gsl_vector_get(best, $0) }
    }
  }
}
