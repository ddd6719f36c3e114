import Glibc

/// Copies a file, piece by piece; false if either end fails.
func copyFile(_ source: String, to destination: String) -> Bool {
  guard let from = unsafe fopen(source, "rb") else { return false }
  defer { unsafe fclose(from) }
  guard let to = unsafe fopen(destination, "wb") else { return false }
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  var isWhole = true
  while isWhole {
    let count = unsafe fread(&chunk, 1, chunk.count, from)
    if count == 0 { break }
    isWhole = unsafe fwrite(chunk, 1, count, to) == count
  }
  isWhole = unsafe ferror(from) == 0 && isWhole
  return unsafe fclose(to) == 0 && isWhole
}
