namespace Headroom.Internal.Code;

/// <summary>What is declared, in small sources of each language; a name behind a point belongs to the one before it.</summary>
public sealed class CodeOutlineTests
{
    [Theory]
    [MemberData(nameof(Samples))]
    public void Declarations_are_found(string language)
    {
        (string source, string[] expected) = Read(language);
        CodeOutline outline = CodeOutline.Of(source);
        Assert.Equal(language, outline.Language.ToString());
        Assert.Equal(expected, Names(outline));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Numbers_in_front_of_lines_change_nothing(string language)
    {
        (string source, string[] expected) = Read(language);
        string arrows = string.Join('\n', source.Split('\n').Select((l, i) => $"{i + 120,6}→{l}"));
        string tabs = string.Join('\n', source.Split('\n').Select((l, i) => $"{i + 1,6}\t{l}"));
        Assert.Equal(expected, Names(CodeOutline.Of(arrows)));
        Assert.Equal(expected, Names(CodeOutline.Of(tabs)));
        Assert.Equal(language, CodeOutline.Of(arrows).Language.ToString());
    }

    [Fact]
    public void What_a_tool_says_around_a_listing_is_no_code()
    {
        string listing = "Here's the result of running `cat -n` on /src/match.c:\n     1\t#include \"match.h\"\n     2\t\n     3\tstatic bool matches(const char *text)\n     4\t{\n     5\t  return true;\n     6\t}";
        Declaration found = Assert.Single(CodeOutline.Of(listing).Declarations);
        Assert.Equal(("matches", 3, 6), (found.Name, found.Line, found.Last));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_part_of_a_file_still_has_most_of_its_declarations(string language)
    {
        (string source, string[] expected) = Read(language);
        string[] lines = source.Split('\n');
        string part = string.Join('\n', lines.Skip(lines.Length / 3));
        HashSet<string> found = [.. Names(CodeOutline.Of(part)).Select(n => n.Split('.')[^1])];
        int there = expected.Count(n => part.Contains(n.Split('.')[^1], StringComparison.Ordinal)), seen = expected.Count(n => found.Contains(n.Split('.')[^1]));
        Assert.True(seen >= there * 0.6, $"{seen} of {there}: {string.Join(' ', found)}");
    }

    private static string[] Names(CodeOutline outline) => [.. outline.Declarations.OrderBy(d => d.Line).Select(outline.PathOf)];

    /// <summary>Each sample: a source, and behind the line of signs the names it declares, in order.</summary>
    public static TheoryData<string> Samples =>
        [.. Directory.EnumerateFiles(RepositoryFiles.PathOf("tests/Headroom.Core.Tests/Internal/Code/Samples")).Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    private static (string Source, string[] Names) Read(string language)
    {
        string[] parts = File.ReadAllText(RepositoryFiles.PathOf($"tests/Headroom.Core.Tests/Internal/Code/Samples/{language}.txt")).Split("\n=====\n");
        return (parts[0], parts[1].TrimEnd().Split('\n'));
    }
}
