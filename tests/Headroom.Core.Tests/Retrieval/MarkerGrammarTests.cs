using FsCheck;
using FsCheck.Fluent;

namespace Headroom.Retrieval;

public sealed class MarkerGrammarTests
{
    private const string Id = "7kq2m9x4ab";

    private static ElidedCandidate Lines(params ElidedPart[] parts) => new("test", parts, ContentRange.Lines(1, 2_000));

    private static ElidedText Parsed(string text)
    {
        Assert.True(MarkerGrammar.TryParse(text, out ElidedText? elided), text);
        return elided;
    }

    [Fact]
    public void Writes_header_gaps_in_place_and_footer()
    {
        string text = MarkerGrammar.Write(Id, Lines(
            new KeptPart("first", ContentRange.Lines(1, 1)), new GapPart(ContentRange.Lines(2, 310), "all \"GET /health 200 in * ms\""),
            new KeptPart("last", ContentRange.Lines(311, 311)), new GapPart(ContentRange.Lines(312, 2_000), "")));
        Assert.Equal(
            """
            [headroom 7kq2m9x4ab: 2,000 lines, 2 shown]
            first
            [2-310: 309 lines, all "GET /health 200 in * ms"]
            last
            [312-2000: 1,689 lines]
            [left out parts: headroom_retrieve id=7kq2m9x4ab with lines=2-310, or query="words"]
            """, text);
    }

    [Fact]
    public void Reads_back_what_it_wrote()
    {
        ElidedText elided = Parsed(MarkerGrammar.Write(Id, Lines(
            new KeptPart("a\nb", ContentRange.Lines(1, 2)), new GapPart(ContentRange.Lines(3, 1_999), "level=INFO"), new KeptPart("", ContentRange.Lines(2_000, 2_000)))));
        Assert.Equal((Id, 2_000, "lines", 3), (elided.Id, elided.Total, elided.Unit, elided.Shown));
        Assert.Equal([new KeptPart("a\nb", null), new GapPart(ContentRange.Lines(3, 1_999), "level=INFO"), new KeptPart("", null)], elided.Parts);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/items")]
    [InlineData("/a b/c~1d/\u00E9")]
    [InlineData("/with]bracket: 3 rows]")]
    [InlineData("/line\nbreak\u2028and\\backslash")]
    [InlineData("/[4-66]/x")]
    public void Any_path_survives(string path)
    {
        var gap = new GapPart(ContentRange.Rows(path, 4, 66), "level=INFO");
        string text = MarkerGrammar.Write(Id, new ElidedCandidate("rows", [new KeptPart("row", ContentRange.Rows(path, 0, 3)), gap], ContentRange.Rows(path, 0, 66)));
        Assert.Equal(gap, Assert.Single(Parsed(text).Gaps));
        Assert.Equal(4, text.Split('\n').Length);
    }

    [Theory]
    [InlineData("plain words", "plain words")]
    [InlineData("ends early] and goes on", "ends early) and goes on")]
    [InlineData("[main] INFO", "[main] INFO")]
    [InlineData("open [ and shut", "open ( and shut")]
    [InlineData("two\r\nlines\tand\0nul", "two lines and nul")]
    [InlineData("  blanks   around  ", "blanks around")]
    [InlineData("right-to-left \u202E override", "right-to-left override")]
    [InlineData("caf\u00E9 \U0001F600", "caf\u00E9 \U0001F600")]
    public void A_phrase_is_one_printable_line_that_cannot_end_the_marker(string phrase, string written)
    {
        string text = MarkerGrammar.Write(Id, Lines(new GapPart(ContentRange.Lines(1, 2_000), phrase)));
        Assert.Equal(written, Assert.Single(Parsed(text).Gaps).Phrase);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_not_printable()
    {
        var gap = new GapPart(ContentRange.Rows("/half\uD83D pair", 4, 66), "half \uD83D pair");
        string text = MarkerGrammar.Write(Id, new ElidedCandidate("rows", [gap], ContentRange.Rows("/half\uD83D pair", 0, 66)));
        Assert.Equal(gap with { Phrase = "half pair" }, Assert.Single(Parsed(text).Gaps));
        Assert.DoesNotContain('\uD83D', text);
    }

    [Fact]
    public void A_long_phrase_is_cut()
    {
        string phrase = Parsed(MarkerGrammar.Write(Id, Lines(new GapPart(ContentRange.Lines(1, 2_000), new string('x', 5_000))))).Gaps.Single().Phrase;
        Assert.Equal(120, phrase.Length);
        Assert.EndsWith("x...", phrase, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_phrase_and_any_kept_text_is_read_back()
    {
        Prop.ForAll<NonNull<string>, NonNull<string>, int>((phrase, kept, size) =>
        {
            var range = ContentRange.Lines(2, 2 + Math.Abs(size % 5_000));
            if (MarkerGrammar.ContainsMarker(kept.Get)) return true;
            string text = MarkerGrammar.Write(Id, Lines(new KeptPart(kept.Get, ContentRange.Lines(1, 1)), new GapPart(range, phrase.Get)));
            return MarkerGrammar.TryParse(text, out ElidedText? elided) && elided.Gaps.Single().Range == range
                && elided.Parts[0] == new KeptPart(kept.Get, null) && MarkerGrammar.ContainsMarker(text);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("")]
    [InlineData("[headroom 7kq2m9x4ab: 2 lines, 1 shown]")]
    [InlineData("[headroom 7kq2m9x4ab: 2 lines, 1 shown]\nno gap\n[left out parts: headroom_retrieve id=7kq2m9x4ab with query=\"words\"]")]
    [InlineData(" [headroom 7kq2m9x4ab: 2 lines, 1 shown]\n[1-1: 1 lines]\n[left out parts: headroom_retrieve id=7kq2m9x4ab with lines=1-1, or query=\"words\"]")]
    [InlineData("[headroom 7kq2m9x4ab: 2 lines, 1 shown]\n[1-1: 1 lines]\n[left out parts: headroom_retrieve id=0000000000 with lines=1-1, or query=\"words\"]")]
    [InlineData("[headroom 7kq2m9x4ab: 2 lines, 1 shown]\n[1-1: 1 lines]\n[left out parts: headroom_retrieve id=7kq2m9x4ab with lines=1-1, or query=\"words\"]\n")]
    [InlineData("[headroom 7kq2m9x4ab: 2 lines, 1 shown]\n[1-1: 3 lines]\n[left out parts: headroom_retrieve id=7kq2m9x4ab with lines=1-1, or query=\"words\"]")]
    [InlineData("[headroom 7kq2m9x4ab: 02 lines, 1 shown]\n[1-1: 1 lines]\n[left out parts: headroom_retrieve id=7kq2m9x4ab with lines=1-1, or query=\"words\"]")]
    [InlineData("[headroom short: 2 lines, 1 shown]\n[1-1: 1 lines]\n[left out parts: headroom_retrieve id=short with lines=1-1, or query=\"words\"]")]
    [InlineData("[headroom2 7kq2m9x4ab: 2 lines, 1 shown]\n[1-1: 1 lines]\n[left out parts: headroom_retrieve id=7kq2m9x4ab with lines=1-1, or query=\"words\"]")]
    public void Refuses_what_it_would_not_write(string text)
    {
        Assert.False(MarkerGrammar.TryParse(text, out _));
    }

    [Fact]
    public void Damaged_texts_never_throw()
    {
        string text = MarkerGrammar.Write(Id, new ElidedCandidate(
            "rows", [new KeptPart("row", ContentRange.Rows("/a", 0, 3)), new GapPart(ContentRange.Rows("/a", 4, 66), "x [y] z")], ContentRange.Rows("/a", 0, 66)));
        for (int cut = 0; cut < text.Length; cut++)
        {
            _ = MarkerGrammar.TryParse(text[..cut], out _);
            _ = MarkerGrammar.TryParse(text.Remove(cut, 1), out _);
            _ = MarkerGrammar.TryParse(text.Insert(cut, "]"), out _);
            _ = MarkerGrammar.TryParse(text.Insert(cut, "9999999999999"), out _);
            _ = MarkerGrammar.FindIds(text.AsSpan(cut));
            _ = MarkerGrammar.ContainsMarker(text.AsSpan(cut));
        }
    }

    [Theory]
    [InlineData("[headroom 7kq2m9x4ab: 2 lines, 1 shown]")]
    [InlineData("log: 12: [headroom 7kq2m9x4ab: whatever")]
    [InlineData("[headroom2 7kq2m9x4ab: a later version")]
    [InlineData("\"a\\n[headroom 7kq2m9x4ab: 2 lines, 1 shown]\\nb\"")]
    [InlineData("[left out parts: headroom_retrieve id=7kq2m9x4ab with lines=1-1]")]
    [InlineData("text\n[2-310: 309 lines, all good]\ntext")]
    [InlineData("  [2-310: 309 lines]")]
    [InlineData("\r[2-310: 1 lines")]
    [InlineData("\u2028[2-310: 1 lines")]
    [InlineData("[12: 1 lines]")]
    [InlineData("[/items[4-66]: 63 rows, level=INFO]")]
    [InlineData("[[4-66]: 63 rows]")]
    [InlineData("[= lines 40-88 of the result of read_file src/Cart.cs above]")]
    [InlineData("[= line 4 of the result of x above]")]
    public void Catches_what_could_be_taken_for_a_marker(string text)
    {
        Assert.True(MarkerGrammar.ContainsMarker(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("[12-34: something else]")]
    [InlineData("[2026-03-04 09:00:01: 12 lines read]")]
    [InlineData("[2026-03-04: 12:00 INFO]")]
    [InlineData("[12:30:01] 200 lines")]
    [InlineData("[/api/v1: 200 OK]")]
    [InlineData("[1, 2, 3]\n[[1, 2], [3]]")]
    [InlineData("mentions [2-310: 309 lines] in passing")]
    [InlineData("[headroom] is the name of a tool; [headroom for .NET]")]
    [InlineData("[left out")]
    [InlineData("[== x ==]\n[=====>   ]\n[= 50%]")]
    [InlineData("[INFO] [main] started\n[  0.000000] Linux\n[1/12] Building\n[100%] done")]
    public void Lets_ordinary_text_pass(string text)
    {
        Assert.False(MarkerGrammar.ContainsMarker(text));
    }

    [Fact]
    public void No_file_of_the_corpus_looks_like_a_marker()
    {
        Assert.DoesNotContain(CorpusFile.All, f => f.Name != "MarkerGrammar.cs.txt" && MarkerGrammar.ContainsMarker(f.Text));
    }

    [Theory]
    [InlineData("[headroom 7kq2m9x4ab: 2 lines", true)]
    [InlineData("[headroom2 7kq2m9x4ab: 2 lines", true)]
    [InlineData("[headroom12 ", true)]
    [InlineData("[headroom]", false)]
    [InlineData("[headrooms 7kq2m9x4ab", false)]
    [InlineData(" [headroom 7kq2m9x4ab", false)]
    [InlineData("[headroom", false)]
    [InlineData("", false)]
    public void Knows_the_header_of_any_version(string text, bool starts)
    {
        Assert.Equal(starts, MarkerGrammar.StartsWithHeader(text));
    }

    [Fact]
    public void Finds_the_ids_of_headers_and_footers_each_once_in_order()
    {
        string text = "x [headroom 7kq2m9x4ab: 2 lines]\n{\"text\":\"\\n[headroom2 aaaaaaaaaaa: ...\"} id=7kq2m9x4ab\n"
            + "headroom_retrieve id=bbbbbbbbbb with [left out parts: headroom_retrieve id=7kq2m9x4ab] headroom_retrieve id=short headroom_retrieve id=cccccccccc";
        Assert.Equal(["7kq2m9x4ab", "aaaaaaaaaaa", "bbbbbbbbbb", "cccccccccc"], MarkerGrammar.FindIds(text));
        Assert.Empty(MarkerGrammar.FindIds("headroom"));
        Assert.Empty(MarkerGrammar.FindIds("[headroom 7kq2m9x4ab"));
    }

    [Fact]
    public void Time_does_not_explode_on_hostile_text()
    {
        foreach (string hostile in (string[])["[", "[ ", " [", "[1: ", "[/", "[[", "[headroom ", "headroom_retrieve id=", "\n[1-2: ", "[1-2: 1,"])
        {
            string text = string.Concat(Enumerable.Repeat(hostile, 200_000));
            _ = MarkerGrammar.ContainsMarker(text);
            _ = MarkerGrammar.FindIds(text);
            _ = MarkerGrammar.TryParse("[headroom 7kq2m9x4ab: 2 lines, 1 shown]\n" + text, out _);
            _ = MarkerGrammar.Write(Id, Lines(new GapPart(ContentRange.Lines(1, 2), text)));
        }
    }
}
