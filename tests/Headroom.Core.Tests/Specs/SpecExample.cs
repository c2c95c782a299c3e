namespace Headroom.Specs;

/// <summary>One example of a spec file: an input, and what must become of it.</summary>
/// <param name="File">Full path of the spec file.</param>
/// <param name="Kind">The compressor the file is about: its name without extension.</param>
/// <param name="Title">The heading above the example.</param>
/// <param name="Input">The text that goes in.</param>
/// <param name="Expectation">The info string of the second fence, such as <c>lossless table</c>.</param>
/// <param name="Expected">The text of the second fence.</param>
/// <param name="FirstLine">Index of the first line of the expected block in the file.</param>
/// <param name="LineCount">How many lines that block has.</param>
public sealed record SpecExample(string File, string Kind, string Title, string Input, string Expectation, string Expected, int FirstLine, int LineCount)
{
    private const string Fence = "````";

    /// <summary>The folder of the spec files.</summary>
    public static string Folder { get; } = RepositoryFiles.PathOf("tests/Headroom.Core.Tests/Specs");

    /// <summary>All examples of a spec file, in order.</summary>
    public static IReadOnlyList<SpecExample> Read(string file)
    {
        string[] lines = System.IO.File.ReadAllText(file).Split('\n');
        List<SpecExample> examples = [];
        string title = "", input = "";
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("## ", StringComparison.Ordinal)) title = lines[i][3..];
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal)) continue;
            string info = lines[i][Fence.Length..].Trim();
            int end = Array.IndexOf(lines, Fence, i + 1);
            if (end < 0) throw new InvalidDataException($"{Path.GetFileName(file)}: the block under \"{title}\" is not closed");
            string body = string.Join('\n', lines[(i + 1)..end]);
            if (info.StartsWith("input", StringComparison.Ordinal)) input = info.EndsWith("newline", StringComparison.Ordinal) ? body + "\n" : body;
            else examples.Add(new SpecExample(file, Path.GetFileNameWithoutExtension(file), title, input, info, body, i + 1, end - i - 1));
            i = end;
        }

        return examples;
    }
}
