namespace Headroom.Architecture;

/// <summary>The example of the README is the true output for its input. HEADROOM_ACCEPT=1 rewrites it.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public async Task The_example_shows_what_the_compressor_really_writes()
    {
        string path = RepositoryFiles.PathOf("README.md"), readme = File.ReadAllText(path);
        var compressor = new ConversationCompressor(new HeadroomOptions { Mode = CompressionMode.Lossless });
        ItemOutcome outcome = await compressor.CompressAsync(
            new ContextItem { Text = Block(readme, "<!-- readme:input -->\n```json\n") }, new ConversationContext());

        string expected = Replace(readme, "<!-- readme:output -->\n```text\n", "\n```", outcome.Text);
        string counts = $"{outcome.TokensBefore:N0} tokens before, {outcome.TokensAfter:N0} after ({compressor.Tokens.Name}).";
        expected = Replace(expected, "<!-- readme:counts -->\n", "\n", counts);
        if (Environment.GetEnvironmentVariable("HEADROOM_ACCEPT") == "1") File.WriteAllText(path, expected);
        else Assert.Equal(expected, readme);
    }

    private static string Block(string readme, string start)
    {
        int from = readme.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return readme[from..readme.IndexOf("\n```", from, StringComparison.Ordinal)];
    }

    private static string Replace(string readme, string start, string end, string text)
    {
        int from = readme.IndexOf(start, StringComparison.Ordinal) + start.Length;
        Assert.True(from > start.Length, "README.md has no " + start);
        return readme[..from] + text + readme[readme.IndexOf(end, from, StringComparison.Ordinal)..];
    }
}
