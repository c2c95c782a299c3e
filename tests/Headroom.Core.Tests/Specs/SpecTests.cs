namespace Headroom.Specs;

/// <summary>Runs the examples of Specs/*.md. With HEADROOM_ACCEPT=1 the expected blocks are rewritten; review the diff.</summary>
public sealed class SpecTests
{
    public static TheoryData<string, string> Examples()
    {
        TheoryData<string, string> data = [];
        foreach (string file in Directory.EnumerateFiles(SpecExample.Folder, "*.md").Order(StringComparer.Ordinal))
        {
            foreach (SpecExample example in SpecExample.Read(file)) data.Add(example.Kind, example.Title);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Spec(string kind, string title)
    {
        SpecExample example = SpecExample.Read(Path.Combine(SpecExample.Folder, kind + ".md")).Single(e => e.Title == title);
        bool elide = example.Expectation.StartsWith("elided", StringComparison.Ordinal);
        var options = new HeadroomOptions { Mode = elide ? CompressionMode.Aggressive : CompressionMode.Lossless, AggressiveThresholdTokens = 100, MinRespelledCharacters = 0 };
        var compressor = new ConversationCompressor(options);
        ItemOutcome outcome = await compressor.CompressAsync(
            new ContextItem { Text = example.Input }, new ConversationContext { CanRetrieve = true, HoldsOriginals = true });

        string actual = outcome.Form switch
        {
            ItemForm.Unchanged => "unchanged",
            ItemForm.Elided => "elided " + outcome.Encoding,
            _ => "lossless " + outcome.Encoding,
        };
        string text = outcome.Form == ItemForm.Unchanged ? "" : outcome.Text;
        if (Environment.GetEnvironmentVariable("HEADROOM_ACCEPT") == "1") Accept(example, actual, text);
        else Assert.Equal((example.Expectation, example.Expected), (actual, text));
        if (outcome.Form != ItemForm.Unchanged) Assert.Equal(kind, outcome.Kind);
        if (outcome.Form == ItemForm.Reformatted) Assert.True(Laws.ReferenceEquivalence.Same(example.Input, compressor.Expand(outcome.Text)));
    }

    [Fact]
    public void Every_built_in_compressor_has_a_spec_file_with_an_example_that_stays_unchanged()
    {
        foreach (ContentCompressor compressor in Compressors.BuiltInCompressors.All)
        {
            string file = Path.Combine(SpecExample.Folder, compressor.Name + ".md");
            Assert.True(File.Exists(file), $"Specs/{compressor.Name}.md is missing");
            IReadOnlyList<SpecExample> examples = SpecExample.Read(file);
            Assert.True(examples.Count >= 3, $"Specs/{compressor.Name}.md needs three examples");
            Assert.Contains(examples, e => e.Expectation == "unchanged");
        }
    }

    private static void Accept(SpecExample example, string info, string text)
    {
        List<string> lines = [.. File.ReadAllText(example.File).Split('\n')];
        lines[example.FirstLine - 1] = "````" + info;
        lines.RemoveRange(example.FirstLine, example.LineCount);
        lines.InsertRange(example.FirstLine, text.Split('\n'));
        File.WriteAllText(example.File, string.Join('\n', lines));
    }
}
