/// What is between a socket and a handler: limits, hosts, tokens.
enum Placeholder {}
