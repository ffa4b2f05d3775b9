"""Addresses in a real browser: what the tab is called, and what is said of a value that names nothing."""

from playwright.sync_api import expect

from benchmarks.browser import wait_until_idle

ASHMERE = "authority/E99000001"
ALLIANCE = "agency/farrowdale-adoption-alliance"
TITLES = {
    "": "What inspectors say about children’s services – caregraph",
    "authority": "Councils – caregraph",
    f"authority?council={ASHMERE}": "Ashmere – caregraph",
    f"authority?council={ASHMERE}&view=services": "Ashmere, services – caregraph",
    f"service?thing={ALLIANCE}": "Farrowdale Adoption Alliance – caregraph",
    "concepts?concept=concept/permanence": "Permanence – caregraph",
    "ask?question=shared-services": "What two or more councils share – caregraph",
    "explore": "Network – caregraph",
    "review": "Check names – caregraph",
}
UNKNOWN = {
    "ask?question=what-changed&authority=Nowhere": "Nowhere",
    "ask?question=nope": "nope",
    "findings?council=authority/NOPE": "authority/NOPE",
    "shared?region=region/NOPE": "region/NOPE",
    "documents?document=nope": "nope",
    "concepts?concept=nope": "nope",
    f"authority?council={ASHMERE}&judgement=nope": "nope",
    f"authority?council={ASHMERE}&view=nope": "nope",
    "explore?nodes=agency/nope": "agency/nope",
    "?map=nope": "nope",
}


def test_tab_names_council_service_and_page(new_page, served):
    page = new_page()
    for address, title in TITLES.items():
        page.goto(f"{served}/{address}")
        expect(page).to_have_title(title)
    page.get_by_role("link", name="About", exact=True).click()
    expect(page).to_have_title("About – caregraph")
    wait_until_idle(page)  # Streamlit sets the title before it adds the entry that Back goes from
    page.go_back()
    expect(page).to_have_title("Check names – caregraph")


def test_unknown_value_is_said_in_the_same_words_on_every_page(new_page, served):
    page = new_page()
    for address, value in UNKNOWN.items():
        page.goto(f"{served}/{address}")
        expect(page.get_by_text(f"We could not find “{value}”.")).to_be_visible()
        expect(page.locator("mark")).to_have_count(0)
    assert page.get_by_test_id("stException").count() == 0


def test_reader_chooses_another_value_in_place_of_an_unknown_one(new_page, served):
    page = new_page()
    page.goto(f"{served}/ask?question=what-changed&authority=Nowhere")
    expect(page.get_by_text("We could not find “Nowhere”.")).to_be_visible()
    page.get_by_role("combobox", name="Council:").click()
    page.get_by_role("option", name="Ashmere").click()
    page.get_by_role("button", name="Show answer").click()
    expect(page.get_by_text("We could not find")).to_have_count(0)
    expect(page.get_by_text("Select a quotation to see it on its page.")).to_be_visible()

    page.goto(f"{served}/?map=nope")
    page.get_by_role("radio", name="Latest judgement").click()
    expect(page.get_by_text("We could not find")).to_have_count(0)
    expect(page.locator(".atlas a.tile").first).to_be_visible()
