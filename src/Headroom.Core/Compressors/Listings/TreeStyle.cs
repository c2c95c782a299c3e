using System.Diagnostics.CodeAnalysis;

namespace Headroom.Compressors.Listings;

/// <summary>How a tool draws a tree: what stands in front of a name, one piece a level.</summary>
/// <param name="Name">As the header calls it.</param>
/// <param name="Branch">In front of a name with siblings below it.</param>
/// <param name="Last">In front of the last of its siblings.</param>
/// <param name="Vertical">Further out, where a sibling of an ancestor follows.</param>
/// <param name="Blank">Further out, where none follows.</param>
internal sealed record TreeStyle(string Name, string Branch, string Last, string Vertical, string Blank)
{
    public static IReadOnlyList<TreeStyle> All { get; } =
    [
        new("tree", "├── ", "└── ", "│\u00a0\u00a0 ", "    "), // tree puts no-break spaces where the locale is UTF-8
        new("tree with plain spaces", "├── ", "└── ", "│   ", "    "),
        new("ASCII tree", "|-- ", "`-- ", "|   ", "    "),
        new("short tree", "├─ ", "└─ ", "│  ", "   "),
        new("npm tree", "├── ", "└── ", "│ ", "  ") { BranchWithChildren = "├─┬ ", LastWithChildren = "└─┬ " },
        new("Windows tree", "├───", "└───", "│   ", "    "),
        new("Windows ASCII tree", "+---", "\\---", "|   ", "    "),
        new("Maven tree", "+- ", "\\- ", "|  ", "   "),
        new("Gradle tree", "+--- ", "\\--- ", "|    ", "     "),
    ];

    public string? BranchWithChildren { get; init; }

    public string? LastWithChildren { get; init; }

    /// <summary>The drawing in front of a name; <paramref name="continues"/> says for each level, own level last, whether a sibling follows.</summary>
    public void Draw(System.Text.StringBuilder line, ReadOnlySpan<bool> continues, bool hasChildren)
    {
        foreach (bool sibling in continues[..^1]) line.Append(sibling ? Vertical : Blank);
        line.Append(continues[^1]
            ? hasChildren && BranchWithChildren is not null ? BranchWithChildren : Branch
            : hasChildren && LastWithChildren is not null ? LastWithChildren : Last);
    }

    /// <summary>Takes a line apart; depth 0 is a line without drawing.</summary>
    public bool TryRead(string line, List<bool> continues, [NotNullWhen(true)] out string? name)
    {
        continues.Clear();
        int i = 0;
        name = null;
        while (true)
        {
            ReadOnlySpan<char> rest = line.AsSpan(i);
            if (Starts(rest, Branch) || Starts(rest, BranchWithChildren)) return Take(true, Branch.Length, out name);
            if (Starts(rest, Last) || Starts(rest, LastWithChildren)) return Take(false, Last.Length, out name);
            bool vertical = Starts(rest, Vertical);
            if (!vertical && !Starts(rest, Blank)) break;
            continues.Add(vertical);
            i += vertical ? Vertical.Length : Blank.Length;
        }

        if (i > 0 || line.StartsWith(' ')) return false;
        name = line;
        return true;

        bool Take(bool sibling, int length, out string? found)
        {
            continues.Add(sibling);
            found = line[(i + length)..];
            return found.Length > 0 && found[0] != ' ';
        }
    }

    private static bool Starts(ReadOnlySpan<char> rest, string? piece) => piece is not null && rest.StartsWith(piece, StringComparison.Ordinal);
}
