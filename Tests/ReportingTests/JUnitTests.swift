import Reporting
import Testing

@Suite struct `A JUnit report` {
  @Test func `has a suite, a test and its failure, and nothing that breaks out of it`() {
    var report = JUnitReport()
    var suite = JUnitReport.Suite(name: "a \"queue\"")
    suite.tests = [
      JUnitReport.Test(name: "one", file: "a.yaml", seconds: 0.0125),
      JUnitReport.Test(
        name: "two", file: "b.yaml", seconds: 1,
        failure: ("1 < 2 & 3", "first\n]]></failure>\u{1B}[31m")),
    ]
    report.suites = [suite]
    #expect(
      report.text == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="switchboard check" tests="2" failures="1" errors="0" time="1.013">
          <testsuite name="a &quot;queue&quot;" tests="2" failures="1" errors="0" time="1.013">
            <testcase classname="a &quot;queue&quot;" name="one" file="a.yaml" time="0.013"/>
            <testcase classname="a &quot;queue&quot;" name="two" file="b.yaml" time="1.000">
              <failure message="1 &lt; 2 &amp; 3">first
        ]]&gt;&lt;/failure&gt;\\u{1b}[31m</failure>
            </testcase>
          </testsuite>
        </testsuites>

        """)
  }
}
