//! The one table of weights. Each is the natural logarithm of odds at full strength, positive where
//! the signal speaks for what the decision is about.
//!
//! They were set by hand on pages whose truth is known. A change stays where it makes two halves of the pages
//! better, each by itself, and none of the goldens worse. What to try `judge --fit` tells, which fits all
//! weights to whole pages: of held back pages it reads 8 to 14 % of the lines rightly that are read falsely
//! else. Its weights cannot be taken over as they are, since they know news only: lists, verse and mail
//! addresses fall apart under them.

signals! {
    // Is line B the continuation of line A?
    LineFull "line-full" 1.3: "The next word would not have fitted on the line, so the line had to break here.";
    LineShortBit "line-short-by-a-character" -1.8: "There was room for about one more character.";
    LineShort "line-short" -5.0: "There was room for the next word: the break was wanted.";
    LineTooWide "line-too-wide" -0.8: "The line is wider than its column's measure.";
    Unwrapped "unwrapped" -5.0: "Most of the text stands on lines too long to be wrapped ones: each is a text of its own.";
    ShorterThanNext "shorter-than-next" -3.0: "The line is clearly shorter than the one that would continue it.";
    OneLine "one-printed-line" 8.0: "Both are pieces of one printed line, which the dump split at its marks.";
    WordStraddles "word-straddles" 4.5: "A word of the dictionary begins on one line and ends on the next.";
    Echo "echo" 1.0: "A phrase across the two lines stands elsewhere on the page.";
    Continuity "continuity" 1.2: "The next line's beginning is likelier behind this line's end than anywhere.";
    TextOpens "text-opens" -2.0: "Texts open as the next line does, the ratio in powers of ten.";
    NumberGoesOn "number-goes-on" 2.5: "A number and its unit, or two halves of a number.";
    ClosingStart "closing-start" 4.0: "No text begins with closing punctuation.";
    OpeningEnd "opening-end" 6.0: "No text ends with an opening bracket.";
    BracketOpen "bracket-open" 0.8: "A bracket or quotation is still open at the line's end.";
    LeadOpens "lead-opens" 6.0: "Running text opens with a lead.";
    LeadAlone "lead-alone" -8.0: "A line that is nothing but a lead opens running text, and what follows goes on with it.";
    LeadAhead "lead-ahead" -7.0: "The next line opens with a lead.";
    ItemAhead "item-ahead" -3.0: "The next line opens with an item's number or mark.";
    CaptionAhead "caption-ahead" -2.5: "The next line opens as a caption does.";
    SignatureBehind "signature-behind" -3.0: "The line closes with a signature.";
    IndentKept "indent-kept" -5.0: "The next line is indented.";
    IndentMissing "indent-missing" 2.0: "The page keeps its indents, and the next line has none.";
    ColumnChanges "column-changes" -1.9: "The measure changes here.";
    PageTurns "page-turns" -0.3: "The page ends here.";
    StopInside "stop-inside" -2.3: "The line ends with a sentence, as few lines inside a paragraph do.";

    SpeechOpens "speech-opens" -2.5: "A short line leads over to a speech.";
    SpeakerAhead "speaker-ahead" -6.0: "The next line opens with the name of one who speaks by turns with another.";
    LeaderBehind "leader-behind" -4.0: "The line ends with leaders and a number.";
    RowsAlike "rows-alike" -8.0: "Numbers, words and marks follow each other on both lines as on others about them: rows of a list.";
    Dialogue "dialogue" -3.0: "One speech closes and another opens.";

    // Does a text end here?
    NewParagraph "new-paragraph" -1.0: "Most lines do not end a paragraph.";
    EndsWord "ends-in-mid-sentence" -3.4: "The text would end in mid-sentence.";
    EndsUnlike "ends-unlike-a-sentence" -0.6: "A full stop seldom stands behind such words, or often.";
    EndsLead "ends-with-lead" -6.0: "The text would be nothing but a lead.";
    EndsPause "ends-with-comma" -4.5: "The text would end with a comma.";
    EndsClose "ends-with-bracket" -1.0: "The text would end with a closing bracket and no stop.";
    EndsColon "ends-with-colon" -1.5: "The text would end with a colon.";
    EndsOpen "ends-with-opening" -8.0: "The text would end with an opening bracket.";
    FirstLineFlush "first-line-flush" -2.4: "Paragraphs here are set in, and this line is too wide for that.";
    FirstLineTooWide "first-line-too-wide" -3.5: "It is wider than its column, and running text is not.";
    LastLineFull "last-line-full" -0.7: "A paragraph's last line is seldom exactly full.";
    BlankLine "blank-line" 1.0: "A blank line, at the strength this page's blank lines have shown.";
    Interrupted "interrupted" 1.7: "What follows stands between two halves of the text.";

    // Is this a title?
    TitleRare "title" -2.2: "Few lines are titles.";
    TitleLine "title-line" -0.9: "A title has few lines.";
    TitleNoStop "title-no-stop" 2.2: "It does not end like a sentence.";
    TitleBracket "title-bracket" 1.5: "It ends with a bracket.";
    TitleTiny "title-tiny" -2.5: "It is too short to say anything.";
    TitleRemainder "title-remainder" 1.6: "The second line is what did not fit on the first.";
    TitleQuestion "title-question" 0.8: "It ends with a question or exclamation mark.";
    TitleAboveLead "title-above-lead" 2.0: "An article's lead stands right below it.";
    TitleStop "title-stop" -4.5: "It ends with a full stop.";
    TitlePause "title-pause" -4.0: "It ends with a comma.";
    TitleColon "title-colon" -1.0: "It ends with a colon.";
    TitleInnerStop "title-inner-stop" -3.5: "There is a full stop within it.";
    TitleInnerPause "title-inner-pause" -0.7: "There is a comma within it.";
    TitleTyped "title-typed" -1.5: "There is a comma within it, and the document has few lines, as what is typed to be wrapped has.";
    TitleSpeaks "title-speaks" -5.0: "It opens with the name of one who speaks by turns with another.";
    TitleChapter "title-chapter" 2.5: "It opens with a chapter's number.";
    TitleSeparator "title-separator" 0.5: "A space parts two phrases, as in headings.";
    TitleLong "title-long" -0.12: "Each character beyond 34.";
    TitleShort "title-short" 0.7: "It leaves room on its line.";
    TitleFull "title-full" -1.4: "It fills the column like running text.";
    TitleClosingStart "title-closing-start" -6.0: "It begins with closing punctuation.";
    TitleOtherShape "title-other-shape" -2.0: "It has the shape of a lead, a caption or a byline.";
    TitleLooks "title-subheadline-shape" 1.0: "It has the shape of a line that stands below a headline.";
    TitleGoesOn "title-goes-on" 0.4: "A second line of a title most often continues the first.";
    TitleSameWidth "title-same-width" 0.3: "Both lines of the title are about as wide.";
    TitleEcho "title-echo" 1.4: "A phrase across two lines of a title stands elsewhere on the page.";
    TitleWider "title-wider" -3.5: "The second line is set wider than the first: another title.";
    TitleRoom "title-room" -3.0: "Its first line, set in the size of the running text, left room for the next word.";
    TitleAnother "title-another" -5.0: "The next line has the shape of a line of its own below a headline.";
    TitleBeside "title-beside" -0.2: "Two titles in a row are most often one of two lines.";
    TitleEnded "title-ended" -3.5: "The line ends like a finished title.";

    // What the size of the type says, where there are boxes.
    SizeChanges "size-changes" -4.0: "The next line is set in another size.";
    TopsColumn "tops-column" -4.0: "The next line stands at the top of another column, where titles and captions do not go on.";
    TitleFlush "title-flush" 1.0: "Paragraphs here are set in, the text before has ended, and this line is not set in.";
    TitleSameSize "title-same-size" 3.0: "Both lines of the title are set in one size, larger than the running text.";
    TitleSize "title-size" 4.5: "It is set larger than the page's running text.";
    TitleSizeOfText "title-size-of-text" -1.2: "It is set in the size of the page's running text.";
    TextSize "text-size" -2.5: "It is set larger than the page's running text.";
    SmallSize "small-size" 2.0: "It is set smaller than the page's running text.";

    // What the file states of its regions.
    StatedRole "stated-role" 2.5: "The file states that it is this.";
    StatedOther "stated-other" -2.0: "The file states that it is something else.";
    StatedTogether "stated-together" 1.0: "The file states that both lines stand in one region.";
    StatedApart "stated-apart" -1.5: "The file states that the lines stand in two regions.";

    // Is this a caption, a credit, a byline?
    CaptionRare "caption" -2.1: "Few lines are captions.";
    CaptionUnmarked "caption-unmarked" -4.0: "Nothing in it says that it is a caption.";
    CaptionOpener "caption-opener" 5.5: "It opens as captions do.";
    CaptionColumn "caption-measure" 1.5: "It is set at another measure than the text around it.";
    CaptionSameColumn "caption-same-measure" -0.8: "It is set at the measure of the text around it.";
    CaptionPicture "caption-picture" 10.0: "Set smaller than the text, it stands at a picture, or at the foot of the room for one.";
    CaptionCredited "caption-credited" -6.0: "The line before closes with who took the picture, as a caption ends.";
    CaptionLine "caption-line" -0.25: "A caption has few lines.";
    CreditShape "credit-shape" 7.0: "It has the shape of a picture's credit.";
    CreditAfterCaption "credit-after-caption" 7.5: "A credit follows a caption.";
    CreditAlone "credit-alone" -5.0: "A credit follows no caption.";
    BylineShape "byline-shape" 4.0: "It has the shape of a byline.";
    BylineName "byline-name" -1.5: "It is as short as a name, and begins with a surname.";
    BylineBelowTitle "byline-below-title" 3.5: "A byline stands right below a title.";
    DatelineShape "dateline-shape" 3.4: "It has the shape of a dateline.";
    DatelineLetter "dateline-letter" 4.0: "It stands below the text of a document of few lines, as a letter's date does.";
    DatelineBelowTitle "dateline-below-title" -5.0: "A date alone stands below who signs, not below a title.";
    JumpShape "jump-shape" 6.0: "It has the shape of a jump line.";
    JumpAhead "jump-ahead" -8.0: "The next line opens with where it came from.";
    JumpBehind "jump-behind" -8.0: "The line ends with where the text goes on, on another page.";

    // Is this furniture?
    FurnitureRare "furniture" -1.6: "Few lines are furniture.";
    FurnitureShape "furniture-shape" 3.4: "It has the shape of a masthead, folio, editors' line or notice.";
    FurniturePaid "furniture-advertisement" 12.0: "It stands in an advertisement, which has no marks where the text about it has many.";
    FurnitureSection "furniture-section" 1.6: "At an edge of a page with other furniture, it has the name of a paper's section, or a day.";
    FurnitureNeighbour "furniture-neighbour" 1.7: "It stands beside other furniture.";
    FurnitureEdge "furniture-edge" 0.9: "It stands at an edge of the page.";
    FurnitureApart "furniture-apart" 3.5: "It stands in a row apart from the rest, above or below everything else.";
    FurnitureInside "furniture-inside" -1.2: "It stands far from the page's edges.";
    FurnitureShort "furniture-short" 0.4: "It is as short as a section's name.";
    FurnitureUnknown "furniture-unknown" -1.6: "It has no known shape of furniture.";
    FurnitureAlone "furniture-alone" -5.0: "The document has a few lines only, as a letter has, and is no newspaper's page.";
    FurnitureItem "furniture-item" -2.5: "It opens with an item's number or mark, as no known furniture does.";
    FurnitureCounted "furniture-counted" -6.0: "Its number is counted on from other lines of the page, as those of headings are.";
    HeadRepeats "head-repeats" 6.0: "The same line stands at the edge of other pages.";
    PageNumberAlone "page-number" 4.0: "A number alone at the edge of a page.";

    // Is this a list, a note, a stanza, a table?
    ListRare "list" -2.2: "Few lines are items of a list.";
    ListMark "list-mark" 1.2: "It opens with an item's number or mark.";
    ListRow "list-row" 8.0: "It is of one shape with the lines about it, a row of a list.";
    ListGoesOn "list-goes-on" 1.8: "Another item stands before it.";
    ListLeader "list-leader" 4.5: "Leaders run to a number at its end, as in a table of contents.";
    ListSentences "list-sentences" -2.0: "It holds several sentences.";
    FootnoteRare "footnote" -2.8: "Few lines are footnotes.";
    FootnoteMark "footnote-mark" 3.6: "It opens with a note's mark.";
    FootnoteEdge "footnote-edge" 2.0: "It stands near the page's edge.";
    VerseRare "verse" -8.5: "Few texts are verse.";
    VerseRegular "verse-regular" 4.0: "Several lines of five characters each, or of seven, begin with it.";
    VerseGoesOn "verse-goes-on" 7.0: "Another stanza stands before it.";
    StanzaEnds "stanza-ends" -4.0: "A blank line parts two stanzas.";
    VerseBelowTitle "verse-below-title" 5.0: "A title or a poet's name stands right above it.";
    VerseEqual "verse-equal" 1.6: "It is as long as the line before it.";
    VerseShort "verse-short" 1.1: "It ends early and without a stop.";
    VerseRagged "verse-ragged" -0.9: "It is a sentence of another length than the line before it.";
    VerseBreaksWord "verse-breaks-word" -4.0: "A word would straddle two lines of verse.";
    VerseLong "verse-long" -2.5: "It is longer than lines of verse are.";
    TableRare "table" -3.5: "Few lines are rows of a table.";
    TableGaps "table-gaps" 2.0: "Several wide gaps part its cells.";
    TableGoesOn "table-goes-on" 2.5: "Another row stands before it.";

    // Do these paragraphs belong to one article?
    ArticleGoesOn "article-goes-on" 0.8: "Most paragraphs continue the article before them.";
    SharedWords "shared-words" 8.3: "They share words that are rare on the page.";
    ArticleLead "article-lead" -6.0: "The second opens with a lead.";
    ArticleBegins "article-begins" -3.5: "The columns of a woven page show that a text begins with the second, or that it goes on.";
    ArticleSigned "article-signed" -2.0: "The first closes with a signature.";
    ArticleColumn "article-measure" -1.0: "They are set at different measures.";
    ArticleSameColumn "article-same-measure" 1.0: "They are set at one measure, the stronger the fewer are.";
    ArticleNoLead "article-no-lead" 3.0: "Articles on this page open with leads, and the second does not.";

    ArticleJump "article-jump" -20.0: "A jump line parts them: the first goes on, or the second came from, another page.";
    ArticleOnlyOne "article-only-one" 3.5: "The document has one byline, no lead and one measure, as a single article has.";
    ArticleBare "article-bare" -0.9: "An article would begin with neither a title nor a lead.";

    // Does this article go on in that one, on another page?
    JumpNames "jump-names" 10.0: "Their jump lines name each other's pages.";
    JumpFar "jump-far" -1.0: "Another number of pages lies between them than the named ones tell, the logarithm of the difference.";

    // Whose headline is it?
    HeadlineFound "headline-found" 2.1: "An article has a headline.";
    TitleWords "title-words" 10.1: "The title's words stand in the article, the rarer the stronger.";
    TitleStays "title-stays" 1.0: "On a woven page the title stands with the article.";
    TitleFar "title-far" -0.5: "On a woven page articles lie between the title and the article, the logarithm of their number.";
    HeadlineBefore "headline-before" 1.5: "The headline stands before its body, as this page's headlines do or do not.";
    HeadlineBelow "headline-below" -5.0: "It stands below its body on a page with boxes, and runs as that does, or in a document of few lines, whose words it does not have.";
    HeadlineCaption "headline-of-caption" -0.9: "The article is nothing but a picture.";
    HeadlineSize "headline-size" 2.5: "The headline is set larger than the running text, as this page's headlines are.";
    HeadlineSizeOfText "headline-size-of-text" -5.0: "All of its titles are set in the size of the running text.";
    SubheadingSize "subheading-size" -2.5: "A title inside an article is set as large as a headline.";
    HeadlineStated "headline-stated" 2.5: "The file states that it is a headline, or that it is none.";
    SubheadingStated "subheading-stated" 2.5: "The file states that a title inside an article is a subheading, or that it is none.";
    HeadlineOrnament "headline-ornament" -6.0: "One has no word: it parts two texts.";
    HeadlineNumbered "headline-numbered" -2.5: "It opens with an item's number, as headings inside an article do.";
    TitleMarked "title-marked" -8.0: "An article begins or ends with a title that opens with a mark, and other titles do without.";
    HeadlineWrapped "headline-wrapped" -1.5: "A title of its group wraps where the lines of the text before it do.";
    HeadlineSmall "headline-small" -2.0: "A title of its group is set as the running text is, and another as headlines are.";
    HeadlineMany "headline-many-titles" 0.5: "Each title of the headline's group beyond the first.";
    HeadlineSigned "headline-signed-inside" -2.5: "A byline stands below a headline's group, not within it.";
    PictureWords "picture-words" 11.0: "The caption's words stand in the article, the rarer the stronger.";
    PictureParted "picture-parted" -1.0: "A picture would be of another article than the title right before it.";
    PictureAlone "picture-alone" -2.5: "The article is nothing but a picture, and has no headline.";
    KickerParted "kicker-parted" -3.0: "A short title would belong to the article before, the longer one below it to the next.";
    HeadlineShort "headline-short" -0.7: "All titles of the group together are shorter than headlines are.";
    SubheadingMany "subheading-many" -2.6: "Each title beyond the first between two paragraphs of one article.";
    SubheadingSigned "subheading-signed" -2.5: "Who wrote a text stands below a title inside an article, as below a headline.";
    SubheadingInside "subheading-inside" -0.3: "A title stands between two paragraphs of one article.";
    SubheadingTwin "subheading-twin" 2.2: "Two subheadings of one article are set alike.";
    SubheadingWider "subheading-wider" -2.0: "It has several lines, wider than the text before and behind it.";
    SubheadingEdge "subheading-edge" -0.8: "A title stands at an article's edge and is not its headline.";
    TitleParts "title-parts" -1.3: "A title stands here, as at the edge of an article.";

    // Whose byline is it?
    BylineNear "byline-near" 3.9: "It stands among the article's own blocks.";
    BylineNext "byline-next" 2.0: "It stands right before or after the article.";
    BylineFar "byline-far" -1.0: "Articles stand between, the logarithm of their number.";
    BylineSigned "byline-signed" -4.0: "The article names its reporter in its lead.";
    BylinePicture "byline-of-picture" -4.0: "The article is nothing but a picture.";
}
