"""A council in brief: from what must improve to who can help, and the reader's own council remembered."""

from playwright.sync_api import expect

from benchmarks.browser import wait_until_idle


def test_what_must_improve_leads_to_the_words_of_who_does_well(new_page, served):
    page = new_page()
    page.goto(f"{served}/authority?council=authority/E99000001")
    expect(page.get_by_role("heading", name="What must improve, and what became of it")).to_be_visible()
    page.locator(".asked summary").last.click()
    helper = page.locator(".asked td:last-child li a >> visible=true").first
    name = helper.inner_text()
    helper.click()
    expect(page.locator("blockquote mark").first).to_be_visible()
    assert "counted=latest" in page.url
    assert "polarity=strength" in page.url
    expect(page.locator(".evidence .source").first).to_contain_text(name)


def test_own_council_is_remembered_in_the_browser_alone(new_page, served):
    page = new_page()
    page.goto(f"{served}/authority?council=authority/E99000001")
    page.get_by_role("button", name="Make this my council").click()
    expect(page.get_by_role("button", name="My council")).to_have_attribute("aria-pressed", "true")
    page.goto(served)
    page.locator(".my-council a").click()
    expect(page.get_by_role("heading", name="Ashmere", exact=True)).to_be_visible()

    page.get_by_role("button", name="My council").click()
    expect(page.get_by_role("button", name="Make this my council")).to_be_focused()
    page.goto(served)
    wait_until_idle(page)
    expect(page.locator(".my-council a")).to_have_count(0)
    elsewhere = new_page()
    elsewhere.goto(served)
    wait_until_idle(elsewhere)
    expect(elsewhere.locator(".my-council a")).to_have_count(0)


def test_change_that_was_decided_is_told_on_the_council_that_it_ends(new_page, served):
    page = new_page()
    page.goto(f"{served}/authority?council=authority/E99000005")
    expect(page.get_by_text("Wexholme takes its place on 1 April 2028")).to_be_visible()
