import Foundation
import Measurement
import Testing

@testable import Reporting

/// The page in a real browser, where one is installed.
@Suite(.serialized, .enabled(if: Browser.path != nil, "no chromium is installed"))
struct `The page in a browser` {
  @Test(arguments: [
    ("compare", 1400), ("compare", 800), ("compare", 400), ("run", 1400), ("hostile", 400),
    ("long", 400), ("long", 1400), ("close", 400), ("close", 1400),
  ])
  func `is complete and fits its window`(name: String, width: Int) throws {
    let document =
      switch name {
      case "run": Fixture.run()
      case "hostile": Fixture.hostile()
      case "close": Fixture.close()
      case "long": Fixture.named(["everybody alike", "own agent for 2 min", "own agent for 1 h"])
      default: Fixture.comparison()
      }
    let found = try Browser.inspect(Page(of: document).html, width: width)
    #expect(found.width == width)
    #expect(found.scrollWidth <= width, "wider than its window")
    #expect(found.empty == [], "figures without a drawing")
    #expect(found.overlaps == [], "texts that cover each other")
    #expect(found.figures >= 10)
  }

  @Test func `makes the console say nothing`() throws {
    #expect(try Browser.messages(Page(of: Fixture.hostile()).html) == [])
  }

  @Test func `the script shows one strategy, sorts and reads values off a figure`() throws {
    struct Found: Decodable {
      var faint: Int
      var pressed: String
      var after: Int
      var descending: [Double]
      var ascending: [Double]
      var tip: String
      var keyed: [String]
      var hidden: Bool
      var hint: Bool
    }
    let found = try Browser.evaluate(
      Page(of: Fixture.comparison()).html, width: 1400, as: Found.self,
      script: #"""
        const li=document.querySelectorAll(".key .way"),off=()=>document.querySelectorAll("svg .off").length;
        li[2].click();
        const faint=off(),pressed=li[2].getAttribute("aria-pressed");
        li[2].dispatchEvent(new KeyboardEvent("keydown",{key:"Enter"}));
        const after=off(),table=document.querySelector("#agents0a table"),head=table.tHead.rows[0].cells[3];
        const column=()=>[...table.tBodies[0].rows].map(r=>parseFloat(r.cells[3].textContent));
        head.click();const descending=column();head.click();const ascending=column();
        const svg=document.querySelector("#day0 svg.w"),box=svg.getBoundingClientRect();
        svg.dispatchEvent(new PointerEvent("pointermove",{clientX:box.left+box.width/2,clientY:box.top+40}));
        const tip=document.querySelector("#day0 .tip").textContent;
        const key=k=>svg.dispatchEvent(new KeyboardEvent("keydown",{key:k}));
        const said=()=>document.querySelector("#day0 .tip p").textContent,keyed=[];
        for(const k of ["Home","ArrowRight","ArrowRight","ArrowLeft","End","ArrowRight"]){key(k);keyed.push(said())}
        key("Escape");const hidden=document.querySelector("#day0 .tip").hidden;
        const hint=!document.querySelector(".pick").hidden&&svg.tabIndex===0;
        return {faint,pressed,after,descending,ascending,tip,keyed,hidden,hint};
        """#)
    #expect(found.faint > 50)
    #expect(found.pressed == "true")
    #expect(found.after == 0)
    #expect(found.descending == found.descending.sorted(by: >))
    #expect(found.ascending == found.ascending.sorted())
    #expect(found.ascending.count == 12)
    #expect(found.tip.hasPrefix("from 13:15"))
    // Arrow keys walk through the steps and stop at their ends.
    let times = ["09:00", "09:15", "09:30", "09:15", "16:45", "16:45"]
    #expect(found.keyed == times.map { "from " + $0 })
    #expect(found.hidden && found.hint)
  }

  /// Pictures for a reader, on request.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["PAGE_PICTURES"] != nil))
  func `is drawn for a reader`() throws {
    let folder = try #require(ProcessInfo.processInfo.environment["PAGE_PICTURES"])
    for (name, document) in `The page`.documents {
      let file = folder + "/\(name).html"
      try Page(of: document).html.write(toFile: file, atomically: true, encoding: .utf8)
      #expect(FileManager.default.fileExists(atPath: file))
    }
  }
}

/// Chromium without a window.
enum Browser {
  static let path: String? = [
    "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
  ].first { FileManager.default.isExecutableFile(atPath: $0) }

  /// What a page looks like from inside.
  struct Inspection: Decodable {
    var width: Int
    var scrollWidth: Int
    var figures: Int
    var empty: [String]
    var overlaps: [String]
  }

  struct Failure: Error {
    var output: String
  }

  static func inspect(_ html: String, width: Int) throws -> Inspection {
    try evaluate(html, width: width, as: Inspection.self, script: probe)
  }

  /// What the console says while the page is drawn.
  static func messages(_ html: String) throws -> [String] {
    let folder = try makeFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try html.write(toFile: folder + "/page.html", atomically: true, encoding: .utf8)
    let plain = try run([
      "--enable-logging=stderr", "--screenshot=\(folder)/page.png", "file://\(folder)/page.html",
    ])
    return plain.errors.split(separator: "\n").map(String.init).filter {
      $0.contains("CONSOLE") || $0.contains("Refused")
    }
  }

  /// What a script returns that runs at the end of a page.
  static func evaluate<Value: Decodable>(
    _ html: String, width: Int, as type: Value.Type, script: String
  ) throws -> Value {
    let folder = try makeFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // The page's own policy would stop the script, as it should.
    let open = html.replacingOccurrences(
      of: "script-src 'sha256-\(PageScript.digest)'", with: "script-src 'unsafe-inline'")
    let probe =
      "<script>parent.postMessage(JSON.stringify((()=>{\(script)})()),\"*\")</script></body>"
    try open.replacingOccurrences(of: "</body>", with: probe)
      .write(toFile: folder + "/page.html", atomically: true, encoding: .utf8)
    // A frame may be narrower than the narrowest window.
    let frame = """
      <!doctype html><title>none</title><body style="margin:0">
      <iframe src="page.html" style="border:0;width:\(width)px;height:900px"></iframe>
      <script>addEventListener("message",e=>{document.title=e.data})</script>
      """
    try frame.write(toFile: folder + "/frame.html", atomically: true, encoding: .utf8)
    let dom = try run(["--dump-dom", "--window-size=1500,1000", "file://\(folder)/frame.html"])
    guard let start = dom.output.range(of: "<title>{"),
      let end = dom.output.range(of: "</title>", range: start.upperBound..<dom.output.endIndex)
    else { throw Failure(output: dom.output + dom.errors) }
    let json = "{" + dom.output[start.upperBound..<end.lowerBound]
    let text = json.replacingOccurrences(of: "&lt;", with: "<")
      .replacingOccurrences(of: "&gt;", with: ">").replacingOccurrences(of: "&amp;", with: "&")
    return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
  }

  private static func makeFolder() throws -> String {
    let folder = NSTemporaryDirectory() + "switchboard-page-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
  }

  private static func run(_ arguments: [String]) throws -> (output: String, errors: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path ?? "")
    process.arguments =
      ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"] + arguments
    let output = Pipe()
    let errors = NSTemporaryDirectory() + "switchboard-browser-" + UUID().uuidString
    _ = FileManager.default.createFile(atPath: errors, contents: nil)
    defer { try? FileManager.default.removeItem(atPath: errors) }
    process.standardOutput = output
    process.standardError = FileHandle(forWritingAtPath: errors)
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let said = (try? String(contentsOfFile: errors, encoding: .utf8)) ?? ""
    return (String(decoding: data, as: UTF8.self), said)
  }

  private static let probe = #"""
    const f=[...document.querySelectorAll("figure")];
    const shown=s=>s.getBoundingClientRect().height>50&&s.querySelectorAll("path,line,rect,circle").length>5;
    const visible=f.filter(x=>!x.closest("details:not([open])"));
    const empty=visible.filter(x=>![...x.querySelectorAll("svg")].some(shown)).map(x=>x.id);
    const overlaps=[];
    for(const s of document.querySelectorAll("figure svg")){const b=s.getBoundingClientRect();if(!b.height)continue;
     const id=(s.closest("figure")||{}).id;
     const t=[...s.querySelectorAll("text")].map(x=>[x.textContent,x.getBoundingClientRect()]).filter(x=>x[0].trim());
     for(let i=0;i<t.length;i++){const a=t[i][1];
      if(a.left<b.left-3||a.right>b.right+3||a.top<b.top-3||a.bottom>b.bottom+3)overlaps.push(id+" outside: "+t[i][0]);
      for(let j=i+1;j<t.length;j++){const c=t[j][1];
       if(a.left<c.right-1&&c.left<a.right-1&&a.top<c.bottom-3&&c.top<a.bottom-3)overlaps.push(id+": "+t[i][0]+" | "+t[j][0])}}}
    return {width:innerWidth,scrollWidth:document.documentElement.scrollWidth,
     figures:f.length,empty,overlaps:overlaps.slice(0,12)};
    """#
}
