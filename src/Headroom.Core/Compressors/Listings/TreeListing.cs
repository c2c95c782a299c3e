using System.Globalization;
using System.Text;
using Headroom.Internal.Lines;

namespace Headroom.Compressors.Listings;

/// <summary>Drawn trees: one space a level instead of the drawing, and names without children side by side.</summary>
internal static class TreeListing
{
    private const string HeaderStart = "[";
    private const string Packed = ", one space per level; siblings share lines";
    private const string Single = ", one space per level";
    private const string More = "; cut, more at levels ";
    private const string CarriageReturns = "; CRLF";
    private const string Escape = "| ";

    /// <summary>With more names than this share holding spaces, each needs quotes and a line of its own reads better.</summary>
    private const double MaxQuoted = 0.2;

    /// <summary>Noise in a tree settles after one or two rounds; a text that takes more is not a tree.</summary>
    private const int MaxRounds = 4;

    public static string? Encode(LineText source)
    {
        if (Style(source.Lines) is not { } style) return null;
        var nodes = new List<Node>(source.Lines.Count);
        List<bool> continues = [], open = [];
        foreach (string line in source.Lines)
        {
            if (style.TryRead(line, continues, out string? name))
            {
                nodes.Add(new Node(continues.Count, name));
                open = [.. continues];
            }
            else nodes.Add(new Node(-1, line));
        }

        if (!KeepUndrawable(nodes, source.Lines, style, open)) return null;
        int spaced = nodes.Count(n => n.Name.Contains(' ', StringComparison.Ordinal));
        bool pack = spaced <= MaxQuoted * nodes.Count;
        var header = new StringBuilder(HeaderStart).Append(style.Name).Append(pack ? Packed : Single);
        string levels = string.Join(' ', Enumerable.Range(1, open.Count).Where(d => open[d - 1]).Select(d => d.ToString(CultureInfo.InvariantCulture)));
        if (levels.Length > 0) header.Append(More).Append(levels);
        if (source.CarriageReturns) header.Append(CarriageReturns);
        List<string> text = [header.Append(']').ToString()];
        Write(text, nodes, pack);
        return (source with { CarriageReturns = false }).Join(text);
    }

    public static string? Decode(string text)
    {
        int comma = text.StartsWith(HeaderStart, StringComparison.Ordinal) ? text.AsSpan(0, Math.Min(text.Length, 40)).IndexOf(',') : -1;
        if (comma < 0 || TreeStyle.All.FirstOrDefault(s => text.AsSpan(1, comma - 1).SequenceEqual(s.Name)) is not { } style) return null;
        LineText encoded = LineText.Split(text);
        string header = encoded.Lines[0];
        if (encoded.CarriageReturns || encoded.Lines.Count < 2 || header[^1] != ']') return null;
        string flags = header[comma..^1];
        bool pack = flags.StartsWith(Packed, StringComparison.Ordinal);
        if (!pack && !flags.StartsWith(Single, StringComparison.Ordinal)) return null;
        flags = flags[(pack ? Packed : Single).Length..];
        bool carriageReturns = flags.EndsWith(CarriageReturns, StringComparison.Ordinal);
        if (carriageReturns) flags = flags[..^CarriageReturns.Length];
        if (!TryReadLevels(flags, out List<bool> open) || Read(encoded.Lines, pack) is not { } nodes) return null;
        return (encoded with { CarriageReturns = carriageReturns }).Join(Draw(nodes, style, open));
    }

    private static TreeStyle? Style(IReadOnlyList<string> lines)
    {
        TreeStyle? best = null;
        int most = 2; // a tree has a few branches; fewer are a coincidence
        List<bool> continues = [];
        foreach (TreeStyle style in TreeStyle.All)
        {
            int count = lines.Count(l => style.TryRead(l, continues, out _) && continues.Count > 0);
            if (count > most) (most, best) = (count, style);
        }

        return best;
    }

    /// <summary>Draws the tree. <paramref name="open"/> says at which levels a sibling would follow after the end.</summary>
    private static List<string> Draw(List<Node> nodes, TreeStyle style, List<bool> open)
    {
        var follows = new bool[nodes.Count]; // whether a sibling of the node follows it
        var seen = new List<bool>(open);     // whether one is seen at a level, from the end backwards
        for (int i = nodes.Count - 1; i >= 0; i--)
        {
            int depth = nodes[i].Depth;
            if (depth < 0) continue;
            while (seen.Count < depth) seen.Add(false);
            if (depth > 0) follows[i] = seen[depth - 1];
            seen.RemoveRange(depth, seen.Count - depth);
            if (depth > 0) seen[depth - 1] = true;
        }

        var lines = new List<string>(nodes.Count);
        var path = new List<bool>();
        var line = new StringBuilder();
        for (int i = 0; i < nodes.Count; i++)
        {
            int depth = nodes[i].Depth;
            if (depth <= 0)
            {
                lines.Add(nodes[i].Name);
                continue;
            }

            while (path.Count < depth) path.Add(false);
            path.RemoveRange(depth, path.Count - depth);
            path[depth - 1] = follows[i];
            int next = i + 1;
            while (next < nodes.Count && nodes[next].Depth < 0) next++;
            style.Draw(line.Clear(), System.Runtime.InteropServices.CollectionsMarshal.AsSpan(path), next < nodes.Count && nodes[next].Depth > depth);
            lines.Add(line.Append(nodes[i].Name).ToString());
        }

        return lines;
    }

    /// <summary>Keeps lines that would not be drawn again as they stand. That changes who follows whom, so it is checked anew.</summary>
    private static bool KeepUndrawable(List<Node> nodes, IReadOnlyList<string> lines, TreeStyle style, List<bool> open)
    {
        for (int round = 0; round < MaxRounds; round++)
        {
            List<string> drawn = Draw(nodes, style, open);
            bool same = true;
            for (int i = 0; i < nodes.Count; i++)
            {
                if (drawn[i] == lines[i]) continue;
                same = false;
                nodes[i] = new Node(-1, lines[i]);
            }

            if (same) return true;
        }

        return false;
    }

    private static void Write(List<string> text, List<Node> nodes, bool pack)
    {
        List<string> names = [];
        for (int i = 0; i < nodes.Count; i++)
        {
            (int depth, string name) = nodes[i];
            if (depth <= 0)
            {
                bool plain = depth == 0 && !name.StartsWith(' ') && !name.StartsWith(Escape, StringComparison.Ordinal);
                text.Add(plain ? name : Escape + name);
                continue;
            }

            if (!pack)
            {
                text.Add(new string(' ', depth) + name);
                continue;
            }

            names.Add(name);
            bool hasChildren = i + 1 < nodes.Count && nodes[i + 1].Depth > depth;
            bool joins = i + 1 < nodes.Count && nodes[i + 1].Depth == depth && !(i + 2 < nodes.Count && nodes[i + 2].Depth > depth);
            if (joins && !hasChildren) continue;
            text.Add(new string(' ', depth) + NamePacking.Pack(names));
            names.Clear();
        }
    }

    private static List<Node>? Read(IReadOnlyList<string> body, bool pack)
    {
        List<Node> nodes = [];
        foreach (string line in body.Skip(1))
        {
            int depth = line.AsSpan().IndexOfAnyExcept(' ');
            if (line.StartsWith(Escape, StringComparison.Ordinal)) nodes.Add(new Node(-1, line[Escape.Length..]));
            else if (depth <= 0) nodes.Add(new Node(0, line));
            else if (!pack) nodes.Add(new Node(depth, line[depth..]));
            else if (NamePacking.Unpack(line, depth) is { } names) nodes.AddRange(names.Select(n => new Node(depth, n)));
            else return null;
        }

        return nodes;
    }

    private static bool TryReadLevels(string flags, out List<bool> open)
    {
        open = [];
        if (flags.Length == 0) return true;
        if (!flags.StartsWith(More, StringComparison.Ordinal)) return false;
        foreach (string level in flags[More.Length..].Split(' '))
        {
            if (!int.TryParse(level, NumberStyles.None, CultureInfo.InvariantCulture, out int depth) || depth <= open.Count || depth > 10_000) return false;
            while (open.Count < depth - 1) open.Add(false);
            open.Add(true);
        }

        return true;
    }

    private readonly record struct Node(int Depth, string Name);
}
