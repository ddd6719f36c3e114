import CThread

/// The memory that the system lends this process.
public enum SystemMemory {
  /// Gives back what was freed, which the allocator keeps otherwise: after something large, before something else.
  public static func giveBack() { sb_give_memory_back() }
}
