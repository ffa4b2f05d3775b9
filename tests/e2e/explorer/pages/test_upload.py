"""A report added in a real browser: previewed, added, found, and its words stay words."""

from playwright.sync_api import expect

from benchmarks.browser import run_explorer, wait_until_idle


def test_upload_is_previewed_added_and_found_and_its_words_stay_words(new_page, empty, letter):
    with run_explorer(empty) as address:
        page = new_page()
        page.goto(address)
        wait_until_idle(page)
        expect(page.get_by_text("There are no reports yet")).to_be_visible()
        expect(page.get_by_text("caregraph build PATH")).to_be_visible()

        page.goto(f"{address}/documents")
        wait_until_idle(page)
        page.get_by_text("Add reports").first.click()
        page.locator("input[type=file]").set_input_files(letter)
        said = page.locator("blockquote").filter(has_text="<script>document.title = 'owned'</script>").first
        expect(said).to_be_visible()
        assert page.get_by_text("There are no reports yet").count() == 1
        page.get_by_role("button", name="Add 1 report").click()
        expect(page.get_by_text("was added")).to_be_visible()

        page.goto(f"{address}/explore")
        wait_until_idle(page)
        page.get_by_label("Search").first.fill("managers see every contact")
        page.locator("[class*='st-key-pick-'] button").first.click()
        expect(page.locator("blockquote mark").filter(has_text="Managers see every contact").first).to_be_visible()
        expect(
            page.locator("blockquote").filter(has_text="**quick** and sound decisions that cost $x^2$").first
        ).to_be_visible()
        assert page.title() != "owned"
        assert page.locator("blockquote img, blockquote script").count() == 0
