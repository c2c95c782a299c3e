namespace Headroom.Internal.Code;

/// <summary>Turns guesses at single lines into declarations: each reaches as far as what is indented deeper.</summary>
internal static class GuessedOutline
{
    public static void Read(string[] lines, List<(int Line, LineKind Kind, string Name)> guesses, DeclarationList found)
    {
        int[] ends = Ends(lines);
        var around = new Stack<(int Declaration, int Last, LineKind Kind)>();
        foreach ((int line, LineKind kind, string name) in guesses)
        {
            while (around.Count > 0 && around.Peek().Last < line) around.Pop();
            bool isLocal = around.Count > 0 && around.Peek().Kind == LineKind.Member;
            int index = found.Add(new FoundDeclaration(kind, name, 0, ScopeKind.Body), line, line, line, around.Count > 0 ? around.Peek().Declaration : -1, isLocal);
            found.End(index, kind == LineKind.Field ? line : ends[line]);
            if (kind != LineKind.Field) around.Push((index, ends[line], kind));
        }
    }

    /// <summary>For each line the last one that is indented deeper, with a closing bracket or <c>end</c> below.</summary>
    private static int[] Ends(string[] lines)
    {
        int[] ends = new int[lines.Length];
        var open = new Stack<(int Line, int Indent)>();
        int before = -1;
        for (int i = 0; i < lines.Length; i++)
        {
            int indent = lines[i].AsSpan().IndexOfAnyExcept(' ', '\t', '\r');
            if (indent < 0) continue;
            ReadOnlySpan<char> content = lines[i].AsSpan(indent);
            bool closes = content[0] is '}' or ')' || content.StartsWith("end") || content[0] == '{';
            while (open.Count > 0 && (closes ? open.Peek().Indent > indent : open.Peek().Indent >= indent)) ends[open.Pop().Line] = before;
            if (closes)
            {
                if (content[0] != '{' && open.Count > 0 && open.Peek().Indent == indent) ends[open.Pop().Line] = i;
            }
            else
            {
                open.Push((i, indent));
            }

            before = i;
        }

        while (open.Count > 0) ends[open.Pop().Line] = before;
        return ends;
    }
}
