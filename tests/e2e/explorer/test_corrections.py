"""A reader corrects a finding at its evidence; the correction is listed and undone."""

from playwright.sync_api import expect

from benchmarks.browser import wait_until_idle


def test_a_finding_is_corrected_at_its_evidence_and_the_correction_undone(new_page, served):
    page = new_page()
    page.goto(f"{served}/findings?council=authority/E99000001&polarity=concern")
    wait_until_idle(page)
    page.get_by_role("button", name="Correct").first.click()
    form = page.get_by_role("dialog")
    form.get_by_role("combobox", name="It is").first.click()
    page.get_by_role("option", name="Mixed").click()
    form.get_by_role("button", name="Record", exact=True).click()
    expect(form).to_contain_text("give your name and a reason")
    form.get_by_label("Your name").fill("Ann")
    form.get_by_label("Reason").fill("It praises, <b>too</b>.")
    form.get_by_role("button", name="Record", exact=True).click()
    expect(form).to_contain_text("Recorded.")

    page.goto(f"{served}/review")
    wait_until_idle(page)
    page.get_by_text("1 correction by people").click()
    expect(page.get_by_text("polarity: mixed. It praises, <b>too</b>. (Ann")).to_be_visible()
    page.locator("[class*=undo-correction] button").click()
    expect(page.get_by_text("1 correction by people")).to_have_count(0)
