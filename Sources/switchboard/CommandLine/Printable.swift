import Reporting

/// A text as it may be shown: what could steer a terminal or turn a line around is escaped.
func printable(_ text: String) -> String { Reporting.printable(text) }
