"""Words that carry a full stop without ending a sentence, and words that tell that a new one begins.

`NEVER_LAST` are followed by what they belong to (`Gen. Kayani`), so a sentence cannot end on them. `MAYBE_LAST` can
stand anywhere (`Inc.`, `a.m.`, `U.S.`): there only a typical first word after them tells. `BEFORE_NUMBER` are
abbreviations only in front of a digit (`No. 5`, but `No. It is not.`). All in lower case, without the last full stop.
"""

from __future__ import annotations

NEVER_LAST = frozenset(
    """
    mr mrs ms messrs mme mlle dr prof gen lt col maj capt cpt sgt cpl pvt adm cmdr cdr brig lieut comdr rep reps sen
    sens gov govs pres rev hon fr msgr insp supt det amb min sec dep asst assoc atty ald cong cllr pol spc pfc ltc
    vs e.g eg i.e ie cf viz ca approx incl esp resp st ste mt ft
    gen.sec sgt.maj lt.col lt.gen maj.gen brig.gen vice-adm h.e
    """.split()
)

MAYBE_LAST = frozenset(
    """
    inc ltd co corp bros jr sr etc al plc llc gmbh est dept univ assn natl govt intl a.m p.m am pm
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
    ave blvd rd bldg apt ph.d b.a m.a m.d b.sc m.sc ll.b j.d d.c u.s u.k u.n e.u u.a.e u.s.a n.y l.a
    ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore
    pa penn tenn tex va vt wash wis wyo n.c s.c n.d s.d n.j n.m n.h w.va b.c a.d c.e b.c.e
    mln bln trn mn bn tn km kg lb oz sq ed eds trans
    """.split()
)

BEFORE_NUMBER = frozenset("no nos art arts fig figs p pp vol vols ch sec para paras par tel ext c ver v op rs".split())

STARTERS = frozenset(
    """
    the a an this that these those there here he she it they we i you his her its their our my your
    in on at by for from with without after before since until during while when where who what why how which
    as if although though because despite but and or so yet however meanwhile moreover also then thus
    therefore nevertheless nonetheless besides instead still later earlier now today yesterday tomorrow
    according both each every some many most several all any no not none one two three another other
    once under over between among amid against about into through to is are was were has have had do does did
    will would can could may might should must let even only just such perhaps maybe it's he's she's there's that's
    they're we're i'm i've don't last next first second third finally recently previously additionally
    furthermore similarly likewise indeed otherwise officials critics experts analysts
    """.split()
)

SPEAKING = (
    "said|says|asked|asks|told|tells|added|adds|wrote|writes|replied|exclaimed|shouted|cried|wondered|demanded"
    "|insisted|recalled|explained|joked|quipped|tweeted|warned|declared|continued|concluded|inquired"
)
