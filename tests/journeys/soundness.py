"""What no rule engine sees: order of focus, room at twice the text size, borders without colours, targets, motion."""

from playwright.sync_api import Page

# Everything that can be pressed or filled in and does not stand within a sentence.
TARGETS = """() => {
  const wrong = [], seen = e => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden';
  const own = e => (e.textContent || '').replace(/\\s+/g, ' ').trim();
  const inline = e => {
    const line = e.closest('p, li, dd, td, th, figcaption, blockquote, h2, h3');
    return line && own(line).length > own(e).length + 2;
  };
  for (const e of document.querySelectorAll('a[href], button, select, textarea, summary, input:not([type=hidden])')) {
    if (!seen(e) || e.closest('.trap, .govuk-skip-link, .govuk-error-summary')) continue;
    if (e.tagName === 'A' && inline(e)) continue;
    const wide = ['radio', 'checkbox'].includes(e.type) && e.labels.length ? e.labels[0] : e;
    const box = wide.getBoundingClientRect();
    if (box.height < 43.5 || box.width < 43.5)
      wrong.push(`target ${Math.round(box.width)} x ${Math.round(box.height)}: ${own(e) || e.name}`);
  }
  return wrong;
}"""

# In the main part: what Tab reaches, where it stands, and whether it can be seen that it is there.
FOCUSED = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect(), look = getComputedStyle(e);
  const tile = e.labels && e.labels[0] ? getComputedStyle(e.labels[0]) : look;
  return {
    main: !!e.closest('main') && e.tagName !== 'MAIN', name: e.id || e.name || e.textContent.trim().slice(0, 40),
    top: box.top + scrollY, left: box.left, height: box.height,
    ring: parseFloat(look.outlineWidth) >= 2 && look.outlineStyle !== 'none'
      || parseFloat(tile.outlineWidth) >= 2 && tile.outlineStyle !== 'none' || look.boxShadow !== 'none',
  };
}"""

# Text that its own box cuts off.
CUT = """() => {
  const wrong = [];
  for (const e of document.querySelectorAll('main *, header *, footer *')) {
    const look = getComputedStyle(e), box = e.getBoundingClientRect();
    if (!e.clientWidth || e.closest('.trap, .govuk-visually-hidden, .scroll, svg') || box.width < 2) continue;
    const hides = /hidden|clip/.test(look.overflowX + look.overflowY);
    if (hides && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1))
      wrong.push('cut: ' + e.tagName + ' ' + (e.textContent || '').trim().slice(0, 40));
  }
  if (document.documentElement.scrollWidth > innerWidth + 1)
    wrong.push('wider than its screen: ' + document.documentElement.scrollWidth);
  return wrong;
}"""

# With the colours of the reader's own choice, only a border says where a control is.
BORDERS = """() => {
  const wrong = [];
  const drawn = e => ['Top', 'Bottom'].some(s =>
    parseFloat(getComputedStyle(e)[`border${s}Width`]) >= 1 && getComputedStyle(e)[`border${s}Style`] !== 'none');
  const seen = e => e.getClientRects().length && !e.closest('.trap');
  for (const e of document.querySelectorAll('main textarea, main select, main input[type=text], main .govuk-button'))
    if (seen(e) && !drawn(e)) wrong.push('no border: ' + (e.name || e.textContent));
  for (const e of document.querySelectorAll('main input[type=radio], main input[type=checkbox]'))
    if (e.getClientRects().length && (getComputedStyle(e).opacity === '0' || getComputedStyle(e).appearance === 'none'))
      wrong.push('no mark of its own: ' + e.name);
  return wrong;
}"""

MOVING = """() => [...document.querySelectorAll('*')].filter(e => {
  const look = getComputedStyle(e);
  return look.animationName !== 'none' || parseFloat(look.transitionDuration) > 0;
}).map(e => 'moves: ' + e.tagName + ' ' + e.className)"""

SUMMARY = """() => {
  const box = document.querySelector('main .govuk-error-summary'), wrong = [];
  if (!box) return ['no error summary'];
  const before = box.compareDocumentPosition(document.querySelector('main h1')) & Node.DOCUMENT_POSITION_FOLLOWING;
  if (!before) wrong.push('the summary does not stand first');
  const links = [...box.querySelectorAll('a')];
  if (!links.length) wrong.push('the summary leads nowhere');
  for (const link of links) {
    const field = document.getElementById(link.getAttribute('href').slice(1));
    if (!field) { wrong.push('leads nowhere: ' + link.textContent); continue; }
    const ids = (field.getAttribute('aria-describedby') || '').split(' '), words = link.textContent.trim();
    if (!ids.some(id => document.getElementById(id)?.textContent.includes(words)))
      wrong.push('not said at its field: ' + words);
  }
  return wrong;
}"""

SAME_LINE = 30  # what stands on one line may begin a little higher or lower
MOST_STOPS = 120


def low_targets(page: Page) -> list[str]:
    return page.evaluate(TARGETS)


def out_of_order(page: Page) -> list[str]:
    """Tab through the main part of a page: from top to bottom, and each stop can be seen."""
    wrong, last = [], None
    page.evaluate("scrollTo(0, 0); document.activeElement.blur()")
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if not stop["main"]:
            if last:
                break
            continue
        if not stop["ring"]:
            wrong.append(f"focus is not seen: {stop['name']}")
        if last and stop["top"] + SAME_LINE < last["top"] and stop["left"] <= last["left"]:
            wrong.append(f"focus goes up from {last['name']} to {stop['name']}")
        last = stop
    return (
        wrong
        if last or not page.locator("main :is(a[href], button, input)").count()
        else ["Tab never comes to the main part"]
    )


def cut_at_twice_the_size(page: Page) -> list[str]:
    """With the text at 200 %, nothing is cut and nothing needs scrolling sideways."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    wrong = page.evaluate(CUT)
    page.evaluate("document.documentElement.style.fontSize = ''")
    return wrong


def unbordered(page: Page) -> list[str]:
    return page.evaluate(BORDERS)


def moving(page: Page) -> list[str]:
    return page.evaluate(MOVING)


def summary_faults(page: Page) -> list[str]:
    return page.evaluate(SUMMARY)
