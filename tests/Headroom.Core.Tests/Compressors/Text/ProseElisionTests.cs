namespace Headroom.Compressors.Text;

public sealed class ProseElisionTests
{
    private static readonly TextCompressor Compressor = new();

    [Fact]
    public void A_long_line_is_cut_between_its_sentences()
    {
        string[] paragraphs = [.. Enumerable.Range(1, 12).Select(p => string.Join(' ', Enumerable.Range(1, 9).Select(s => Sentence(p, s))))];
        string wanted = Sentence(7, 5).Replace("hour 5", "midnight");
        paragraphs[6] = paragraphs[6].Replace(Sentence(7, 5), wanted);
        string text = string.Join("\n\n", paragraphs);

        ElidedCandidate candidate = Compressor.Elide(new CompressionRequest(text) { Question = "What does the keeper do at midnight?" }, 600)!;

        RoundTrip.CheckLines(candidate, text);
        KeptPart partial = Assert.Single(candidate.Parts.OfType<KeptPart>(), p => p.Text.Contains(wanted, StringComparison.Ordinal));
        Assert.Null(partial.Range); // the gap below it is of the whole line, so that asking for it brings back the sentences in their place
        Assert.DoesNotContain(Sentence(7, 1), partial.Text);
        Assert.Contains(candidate.Parts.OfType<GapPart>(), g => g.Range.First <= 13 && g.Range.Last >= 13);
    }

    [Fact]
    public void What_is_shown_of_a_line_stands_in_it_in_order()
    {
        var random = new Random(5);
        for (int round = 0; round < 150; round++)
        {
            string text = string.Concat(Enumerable.Range(1, random.Next(3, 20)).Select(p =>
                string.Join(' ', Enumerable.Range(1, random.Next(1, 12)).Select(s => Sentence(random.Next(9), s))) + (random.Next(3) == 0 ? "\r\n" : "\n") + (random.Next(2) == 0 ? "\n" : "")));
            if (Compressor.Elide(new CompressionRequest(text) { Question = $"gate {random.Next(9)} at hour {random.Next(9)}" }, random.Next(300, 4_000)) is not { } candidate) continue;
            RoundTrip.CheckLines(candidate, text);
            string[] lines = text.Split('\n');
            for (int i = 0; i + 1 < candidate.Parts.Count; i++)
            {
                if (candidate.Parts[i] is not KeptPart { Range: null } partial) continue;
                string line = lines[((GapPart)candidate.Parts[i + 1]).Range.First - 1];
                int at = 0;
                foreach (string run in partial.Text.Split("(...) ").Select(r => r.TrimEnd()).Where(r => r.Length > 0))
                {
                    int found = line.IndexOf(run, at, StringComparison.Ordinal);
                    Assert.True(found >= 0, $"\"{run}\" does not stand in\n{line}");
                    at = found + run.Length;
                }
            }
        }
    }

    [Theory]
    [InlineData("[{0}] handbook.md\nSource: https://example.com/handbook#{0}\n\n")]
    [InlineData("PMID {0} (2011)\n")]
    [InlineData("## Chapter {0}\n\n")]
    public void Records_without_the_answer_shrink_most(string head)
    {
        string[] records = [.. Enumerable.Range(1, 10).Select(r => string.Format(head, r) + string.Join('\n', Enumerable.Range(1, 8).Select(s => r == 4 ? $"The ferry across the firth waits for passenger {s} until the mail has come." : Sentence(r, s))) + "\n\n")];

        ElidedCandidate candidate = Compressor.Elide(new CompressionRequest(string.Concat(records)) { Question = "How long does the ferry wait for the mail?" }, 2_500)!;

        string shown = string.Join('\n', candidate.Parts.OfType<KeptPart>().Select(p => p.Text));
        Assert.Equal(8, shown.Split("The ferry across the firth").Length - 1);
        Assert.Contains(string.Format(head, 4).Split('\n')[0], shown);
        Assert.True(shown.Split("keeper of lock").Length - 1 < 20, shown);
    }

    [Fact]
    public void A_line_that_stands_above_already_takes_no_room_from_others()
    {
        string note = "Check out the embeddings notebook to see how the mail is sorted, and what becomes of letters that nobody in the village wants to have.";
        string text = string.Join("\n\n", Enumerable.Range(1, 30).Select(i => i % 3 == 0 ? note : string.Join(' ', Enumerable.Range(1, 4).Select(s => Sentence(i, s)))));

        ElidedCandidate candidate = Compressor.Elide(new CompressionRequest(text) { Question = "Where is the notebook on embeddings?" }, 1_500)!;

        // All ten would fit if they were what the question asks for; what is left of the room in the end may hold a second one.
        Assert.InRange(string.Join('\n', candidate.Parts.OfType<KeptPart>().Select(p => p.Text)).Split(note).Length - 1, 1, 2);
    }

    [Fact]
    public void Comments_of_code_are_no_headings()
    {
        string code = "```sh\n" + string.Concat(Enumerable.Range(1, 12).Select(i => $"# step {i}\nmake gate-{i}\n\n")) + "```\n\n";
        string text = string.Concat(Enumerable.Range(1, 6).Select(i => $"## Part {i}\n\n{Sentence(i, 1)}\n{Sentence(i, 2)}\n\n")) + code;
        var lines = new Internal.Lines.LineList(text);

        Assert.Equal(6, PassageFinder.Find(lines, 0, lines.Count).Count);
    }

    private static string Sentence(int lock_, int hour) => $"At hour {hour} the keeper of lock {lock_} opens gate {lock_ * hour} and writes the level down.";
}
