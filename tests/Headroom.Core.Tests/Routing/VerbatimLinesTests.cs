namespace Headroom.Routing;

public sealed class VerbatimLinesTests
{
    [Fact]
    public void Only_kept_parts_that_stand_in_the_original_are_verbatim()
    {
        string original = string.Join('\n', Enumerable.Range(1, 20).Select(i => "line " + i));
        ElidedPart[] parts =
        [
            new KeptPart("a legend", null), new GapPart(ContentRange.Lines(1, 4), "start"),
            new KeptPart("line 5\nline 6", ContentRange.Lines(5, 6)), new GapPart(ContentRange.Lines(7, 9), "middle"),
            new KeptPart("LINE 10", ContentRange.Lines(10, 10)), new GapPart(ContentRange.Lines(11, 18), "more"),
            new KeptPart("line 19\nline 20", ContentRange.Lines(19, 20)),
        ];
        var candidate = new ElidedCandidate("test", parts, ContentRange.Lines(1, 20));
        Assert.Equal([ContentRange.Lines(5, 6), ContentRange.Lines(19, 20)], VerbatimLines.Of(original, candidate));
        Assert.Equal([ContentRange.Lines(5, 6), ContentRange.Lines(19, 20)], VerbatimLines.Of(original.ReplaceLineEndings("\r\n") + "\r\n", candidate with
        {
            Parts = [.. parts.Select(p => p is KeptPart kept ? kept with { Text = kept.Text.ReplaceLineEndings("\r\n") } : p)],
        }));
    }
}
