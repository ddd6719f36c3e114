import Glibc

openStandardStreams()
exit(await Program.main(words: Program.words).rawValue)
