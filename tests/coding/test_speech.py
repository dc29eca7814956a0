"""Laws of who says so: whoever says it, however it is put, and whose word a denial is."""

from __future__ import annotations

import datetime as dt

import pytest

from detente.coding.coder import Coder
from detente.coding.openings import dateline_length
from detente.coding.quotations import marks_of
from detente.errors import InputError
from detente.read.sentences import split
from detente.records import Article, Attribution

NOW = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)


def said(coder: Coder, text: str, words: str, *, outlet: str | None = None) -> tuple[Attribution, ...]:
    article = Article(text=text, retrieved=NOW, published=dt.date(1990, 3, 1), outlet=outlet)
    start = text.rindex(words)
    return coder.speakers(article, split(article), of=[(start, start + len(words))])[0]


def told(chain: tuple[Attribution, ...]) -> list[tuple[str, bool]]:
    return [(a.text, a.named) for a in chain]


DEED = "Uganda shelled Goma"


@pytest.mark.parametrize(
    ("text", "speaker", "named"),
    [
        (f"Kinshasa said that {DEED}.", "Kinshasa", True),
        (f"{DEED}, a diplomat in Kigali said.", "a diplomat in Kigali", False),
        (f"{DEED}, says Radio Kivu.", "Radio Kivu", True),
        (f"According to two aid workers, {DEED}.", "two aid workers", False),
        (f"In the words of the foreign ministry, {DEED}.", "the foreign ministry", True),
        (f"It is said that {DEED}.", "It is said", False),
        (f"{DEED}, it was learned on Friday.", "it was learned", False),
        (f"The envoy was quoted as saying that {DEED}.", "The envoy", False),
        (f"Kinshasa's claim that {DEED} was not believed.", "Kinshasa", True),
        (f"A leaked memo shows that {DEED}.", "A leaked memo", False),
    ],
)  # fmt: skip
def test_a_speaker_is_found_however_it_is_put(coder: Coder, text: str, speaker: str, named: bool) -> None:
    assert told(said(coder, text, "shelled"))[:1] == [(speaker, named)]


def test_the_outlets_own_voice_is_an_empty_chain(coder: Coder) -> None:
    assert said(coder, f"{DEED} on Friday and withdrew.", "shelled") == ()
    assert said(coder, f"Radio Kivu says {DEED}.", "shelled", outlet="Radio Kivu") == ()


def test_who_quotes_stands_outside_who_is_quoted(coder: Coder) -> None:
    chain = said(coder, f"The Kampala Times, citing unnamed officers, reported that {DEED}.", "shelled")
    assert [a.named for a in chain] == [True, False]
    assert chain[0].role == "outlet"


def test_a_paper_that_was_told_is_the_origin_unless_it_is_the_one_that_prints(coder: Coder) -> None:
    text = f"A sergeant told the Kampala Times that {DEED}."
    assert [a.role for a in said(coder, text, "shelled")] == ["outlet", "sergeant"]
    assert [a.role for a in said(coder, text, "shelled", outlet="Kampala Times")] == ["sergeant"]


def test_a_quotation_that_runs_on_keeps_its_speaker(coder: Coder) -> None:
    text = f"“They came at night,” said a priest in Goma. “{DEED}. Nobody helped us.”"
    assert told(said(coder, text, "shelled")) == [("a priest in Goma", False)]


def test_a_quotation_may_name_its_speaker_at_its_end(coder: Coder) -> None:
    text = f"“{DEED}. They came back at noon,” said a priest in Goma."
    assert told(said(coder, text, "shelled")) == [("a priest in Goma", False)]


def test_an_unclosed_quotation_mark_does_not_swallow_the_next_paragraph(coder: Coder) -> None:
    text = f"“We waited, a priest in Goma said.\n\n{DEED} on Friday."
    assert said(coder, text, "shelled") == ()


@pytest.mark.parametrize("later", ["He said", "The envoy said", "The diplomat said"])
def test_short_forms_point_back_to_the_last_fitting_speaker(coder: Coder, later: str) -> None:
    text = f"A Western diplomat said Rwanda had mined the road. {later} {DEED}."
    assert told(said(coder, text, "shelled")) == [("A Western diplomat", False)]


def test_an_accusation_is_the_word_of_the_accuser(coder: Coder) -> None:
    chain = said(coder, "Rwanda accused Uganda of shelling Goma.", "shelling")
    assert [a.name for a in chain] == ["Rwanda"]


def test_the_deed_in_a_speakers_description_is_not_his_word(coder: Coder) -> None:
    chain = said(coder, "A pilot who bombed Goma said that the war was lost.", "bombed")
    assert chain == ()


def test_words_outside_the_article_are_refused(coder: Coder) -> None:
    article = Article(text="Uganda shelled Goma.", retrieved=NOW)
    with pytest.raises(InputError, match="span"):
        coder.speakers(article, split(article), of=[(400, 410)])


@pytest.mark.parametrize(
    ("sentence", "rest"),
    [
        ("DOHA, Feb 13 (AFP) - Iran left.", "Iran left."),
        ("KAMPALA — Uganda shelled Goma.", "Uganda shelled Goma."),
        ("Kigali (Reuters) - Rwanda left.", "Rwanda left."),
        ("Iran left the talks - and came back.", "Iran left the talks - and came back."),
        ("MINISTER: NO TALKS", "MINISTER: NO TALKS"),
    ],
)
def test_a_dateline_is_left_aside_and_nothing_else(sentence: str, rest: str) -> None:
    assert sentence[dateline_length(sentence) :] == rest


def test_a_dateline_moves_no_word(coder: Coder) -> None:
    text = f"KIGALI, March 1 (AFP) - {DEED}."
    article = Article(text=text, retrieved=NOW, published=dt.date(1990, 3, 1))
    (claim,) = coder.code(article, split(article), coded_at=NOW).claims
    assert text[slice(*claim.span)] == DEED


def test_marks_say_what_stands_inside_them() -> None:
    quoted = marks_of("he left.” She said “no”", inside=True)
    assert quoted.first(0)
    assert not quoted.holds(11)
    assert not quoted.whole
    assert not quoted.open_after


# -- denials -----------------------------------------------------------------------------------------------------


def denied(coder: Coder, text: str) -> list[tuple[str | None, str | None, str]]:
    article = Article(text=text, retrieved=NOW, published=dt.date(2015, 3, 1))
    claims = coder.code(article, split(article), coded_at=NOW).claims
    return [(c.actor.code, c.recipient.code if c.recipient else None, c.status) for c in claims if c.status == "denied"]


def test_a_denial_is_a_claim_of_its_own(coder: Coder) -> None:
    assert ("UGA", "RWA", "denied") in denied(coder, "Uganda denied that it had shelled Rwanda.")


def test_a_denial_that_names_no_other_state_is_to_the_other_of_the_article(coder: Coder) -> None:
    text = "Rwanda and Uganda met. Rwanda protested to Uganda. A Ugandan officer denied that any shot had been fired."
    assert ("UGA", "RWA", "denied") in denied(coder, text)


def test_what_a_state_says_it_did_not_do_is_denied_and_what_the_text_says_is_negated(coder: Coder) -> None:
    assert denied(coder, "Uganda said that Ugandan troops did not attack Rwanda.") == [("UGA", "RWA", "denied")]
    assert denied(coder, "Ugandan troops did not attack Rwanda.") == []


def test_not_to_deny_is_no_denial(coder: Coder) -> None:
    assert denied(coder, "Uganda did not deny that it had shelled Rwanda.") == []
    assert denied(coder, "Uganda neither confirmed nor denied that it had shelled Rwanda.") == []


def test_a_denial_names_the_claim_it_denies(coder: Coder) -> None:
    text = "Uganda shelled Rwanda on Monday. Uganda denied that it had shelled Rwanda."
    article = Article(text=text, retrieved=NOW, published=dt.date(2015, 3, 1))
    claims = coder.code(article, split(article), coded_at=NOW).claims
    fact = next(c for c in claims if c.status == "happened" and c.event == "ASSAULT")
    assert [c.denies for c in claims if c.status == "denied" and c.event == "ASSAULT"] == [fact.id]


# -- marks before the parse, what is withheld, what goes on --------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "speaker", "named"),
    [
        (f"{DEED}, Zaire's foreign ministry confirmed on Thursday.", "Zaire's foreign ministry", True),
        (f"{DEED}, the newsletter Lake Brief says, citing an officer.", "Lake Brief", True),
        ("Uganda, the colonel added in a broadcast, shelled Goma.", "the colonel", False),
        (f"{DEED}, say Belgian priests.", "Belgian priests", False),
        (f"The Kampala Times carried a letter in which a monk claimed that {DEED}.", "The Kampala Times", True),
        (f"Bishop Kataliko, on a visit to Rome, said {DEED}.", "Bishop Kataliko", True),
        (f"Kinshasa: {DEED}", "Kinshasa", True),
    ],
)  # fmt: skip
def test_marks_tell_the_speaker_where_a_parse_may_not(coder: Coder, text: str, speaker: str, named: bool) -> None:
    assert told(said(coder, text, "shelled"))[:1] == [(speaker, named)]


def test_each_part_between_semicolons_has_its_own_speaker(coder: Coder) -> None:
    text = "According to Kampala, rebels bombed a school; according to Kinshasa, Uganda shelled Goma."
    assert [a.text for a in said(coder, text, "shelled")] == ["Kinshasa"]
    assert [a.text for a in said(coder, text, "bombed")] == ["Kampala"]


def test_what_one_refuses_to_say_is_not_his_word(coder: Coder) -> None:
    assert said(coder, f"The spokeswoman refused to say whether {DEED}.", "shelled") == ()


def test_a_text_that_others_have_seen_is_not_theirs(coder: Coder) -> None:
    chain = said(coder, f"An internal report seen by Reuters says {DEED}.", "shelled")
    assert [a.text for a in chain][-1] == "An internal report"


def test_one_cited_may_cite_another(coder: Coder) -> None:
    text = f"{DEED}, the Lake Herald reported, citing the daily Umoja, which quoted unnamed officials."
    assert [a.named for a in said(coder, text, "shelled")] == [True, True, False]


def test_a_person_named_before_without_a_word_may_speak_under_his_office(coder: Coder) -> None:
    text = f'President Ada Lund met Security Minister Otto Brandt on Friday. "{DEED}," the minister said afterwards.'
    assert [a.name for a in said(coder, text, "shelled")] == ["Otto Brandt"]


def test_free_indirect_speech_goes_on_and_dated_background_does_not(coder: Coder) -> None:
    shifted = "Zaire had no choice, a colonel said in Bukavu. "
    assert [a.text for a in said(coder, shifted + "Uganda had shelled Goma.", "shelled")] == ["a colonel"]
    assert said(coder, shifted + "Uganda had shelled Goma last year.", "shelled") == ()
    assert said(coder, "Uganda seized a ferry, a colonel said. Uganda shelled Goma.", "shelled") == ()


def test_a_surname_means_the_one_whom_the_article_has_introduced(coder: Coder) -> None:
    text = "Pakistan's ambassador in Washington, Husain Haqqani, resigned. Mr Haqqani said that Uganda shelled Goma."
    assert {a.code for a in said(coder, text, "shelled")} == {"PAK"}


# -- more of denials ---------------------------------------------------------------------------------------------


def test_what_is_called_false_is_denied_by_the_one_who_spoke_last(coder: Coder) -> None:
    text = (
        "KAMPALA, Mar 1 (AFP) - Uganda and Rwanda met again. The army spokesman said Rwanda had been warned."
        " The claim that troops had attacked was contrary to the facts."
    )
    assert ("UGA", "RWA", "denied") in denied(coder, text)


def test_what_an_official_says_was_never_done_is_denied_even_where_the_other_state_is_not_named(coder: Coder) -> None:
    text = "Rwanda and Uganda traded blame. A Rwandan official said that no truce had ever been agreed with Kigali."
    assert {frozenset(d[:2]) for d in denied(coder, text)} == {frozenset({"RWA", "UGA"})}


def test_what_a_third_party_says_was_not_done_is_no_denial(coder: Coder) -> None:
    text = "Rwanda and Uganda traded blame. Kenyan officials said that Ugandan troops had not attacked Rwanda."
    assert denied(coder, text) == []


def test_a_denial_is_to_the_state_that_the_denier_is_named_with(coder: Coder) -> None:
    text = (
        "Uganda accused Rwanda of a raid. Oil from Kenya crosses Uganda by lorry, and Kenya wants a railway."
        " Kenya pays for it. A Rwandan officer denied that any shot had been fired."
    )
    assert ("RWA", "UGA", "denied") in denied(coder, text)
