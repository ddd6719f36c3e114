// The files of the page, put in by the compiler: no build step, and nothing to install beside the program.
#include "pages.h"

// `#embed` is C23; the compiler has it in every standard and says so.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char index_html[] = {
#embed "files/index.html"
};
static const unsigned char ui_css[] = {
#embed "files/ui.css"
};
static const unsigned char address_js[] = {
#embed "files/address.js"
};
static const unsigned char answer_js[] = {
#embed "files/answer.js"
};
static const unsigned char app_js[] = {
#embed "files/app.js"
};
static const unsigned char bar_js[] = {
#embed "files/bar.js"
};
static const unsigned char dom_js[] = {
#embed "files/dom.js"
};
static const unsigned char form_js[] = {
#embed "files/form.js"
};
static const unsigned char hour_js[] = {
#embed "files/hour.js"
};
static const unsigned char lanes_js[] = {
#embed "files/lanes.js"
};
static const unsigned char net_js[] = {
#embed "files/net.js"
};
static const unsigned char plan_js[] = {
#embed "files/plan.js"
};
static const unsigned char profile_js[] = {
#embed "files/profile.js"
};
static const unsigned char scrubber_js[] = {
#embed "files/scrubber.js"
};
static const unsigned char sitting_js[] = {
#embed "files/sitting.js"
};
static const unsigned char start_js[] = {
#embed "files/start.js"
};
static const unsigned char story_js[] = {
#embed "files/story.js"
};
static const unsigned char text_js[] = {
#embed "files/text.js"
};
static const unsigned char watch_js[] = {
#embed "files/watch.js"
};

#define PAGE(name, type, bytes) {name, type, bytes, sizeof bytes}

static const switchboard_page pages[] = {
    PAGE("index.html", "text/html; charset=utf-8", index_html),
    PAGE("ui.css", "text/css; charset=utf-8", ui_css),
    PAGE("address.js", "text/javascript; charset=utf-8", address_js),
    PAGE("answer.js", "text/javascript; charset=utf-8", answer_js),
    PAGE("app.js", "text/javascript; charset=utf-8", app_js),
    PAGE("bar.js", "text/javascript; charset=utf-8", bar_js),
    PAGE("dom.js", "text/javascript; charset=utf-8", dom_js),
    PAGE("form.js", "text/javascript; charset=utf-8", form_js),
    PAGE("hour.js", "text/javascript; charset=utf-8", hour_js),
    PAGE("lanes.js", "text/javascript; charset=utf-8", lanes_js),
    PAGE("net.js", "text/javascript; charset=utf-8", net_js),
    PAGE("plan.js", "text/javascript; charset=utf-8", plan_js),
    PAGE("profile.js", "text/javascript; charset=utf-8", profile_js),
    PAGE("scrubber.js", "text/javascript; charset=utf-8", scrubber_js),
    PAGE("sitting.js", "text/javascript; charset=utf-8", sitting_js),
    PAGE("start.js", "text/javascript; charset=utf-8", start_js),
    PAGE("story.js", "text/javascript; charset=utf-8", story_js),
    PAGE("text.js", "text/javascript; charset=utf-8", text_js),
    PAGE("watch.js", "text/javascript; charset=utf-8", watch_js),
};

const switchboard_page *switchboard_page_at(size_t index) {
  return index < sizeof pages / sizeof *pages ? &pages[index] : NULL;
}
