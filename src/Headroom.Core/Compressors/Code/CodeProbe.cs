using System.Buffers;
using Headroom.Internal.Lines;

namespace Headroom.Compressors.Code;

/// <summary>Tells how sure a text is source code, numbered or not.</summary>
internal static class CodeProbe
{
    /// <summary>Lines of a sample that are looked at.</summary>
    private const int MaxLines = 120;

    private static readonly SearchValues<char> Punctuation = SearchValues.Create("({;=.\"'<");

    /// <summary>Lines that declare or import something from which a text with long comments is code all the same.</summary>
    private const int MinDeclarations = 4;

    private static readonly LineBeginnings Beginnings = new(
        ["using ", "import ", "from ", "#include", "package ", "namespace ", "public ", "private ", "protected ", "internal ", "static ", "class ", "struct ", "interface ",
            "def ", "func ", "fn ", "pub ", "impl ", "let ", "const ", "var ", "return", "if ", "if(", "for ", "while ", "else", "elif ", "try", "export ", "function ", "async ",
            "//", "/*", "* ", "*/", "@", "}", "{", "switch ", "case ", "enum ", "use ", "mod ", "#define", "#if", "#endif", "throw ", "raise ", "end"]);

    private static readonly LineBeginnings Declarations = new(
        ["def ", "class ", "func ", "fn ", "pub ", "public ", "private ", "protected ", "internal ", "import ", "from ", "#include", "using ", "package ", "export ", "function ", "impl ", "struct ",
            "interface ", "namespace ", "const ", "async def ", "type ", "static "]);

    public static double Of(ReadOnlySpan<char> sample)
    {
        int lines = 0, shown = 0, code = 0, numbered = 0, declarations = 0;
        int expected = -1;
        foreach (ReadOnlySpan<char> raw in sample.EnumerateLines())
        {
            if (raw.IsWhiteSpace()) continue;
            if (++lines > MaxLines) break;
            ReadOnlySpan<char> line = raw.TrimStart();
            int number = Number(line, out int length);
            if (number >= 0 && number == expected && !(line[length - 1] is '\t' or '|' && line[length..].Contains(line[length - 1]))) numbered++; // else the first cell of a row
            expected = number >= 0 ? number + 1 : -1;
            if (number >= 0) line = line[length..].TrimStart();
            line = line.TrimEnd();
            if (line.TrimEnd(",;)").Trim("{}[]").IsEmpty) continue; // brackets alone say nothing: JSON has them too
            shown++;
            if (LooksLikeCode(line)) code++;
            if (Declarations.Begin(line) && line.IndexOfAny(Punctuation) > 0) declarations++;
        }

        if (lines < 4) return 0;
        double numberedShare = (double)numbered / lines, share = (double)code / Math.Max(1, shown);
        if (numberedShare > 0.5) return 0.8;
        return share > 0.6 ? 0.65 : declarations >= MinDeclarations && share > 0.2 ? 0.6 : share > 0.45 ? 0.45 : numberedShare > 0.25 ? 0.3 : 0;
    }

    /// <summary>The number before a line and its mark; -1 where there is none.</summary>
    private static int Number(ReadOnlySpan<char> line, out int length)
    {
        length = 0;
        while (length < line.Length && length < 7 && char.IsAsciiDigit(line[length])) length++;
        if (length is 0 or 7 || length >= line.Length || line[length] is not ('\t' or '\u2192' or ':' or '|')) return -1;
        int number = 0;
        foreach (char digit in line[..length]) number = number * 10 + digit - '0';
        length++;
        return number;
    }

    private static bool LooksLikeCode(ReadOnlySpan<char> line)
    {
        if (line.IsEmpty || line[0] is '"' or '<') return false; // JSON, markup
        if (line[^1] is ';' or '{' or '}' || line.EndsWith("):") || line.EndsWith("=>") || line.EndsWith("(") || line.EndsWith(");")) return true;
        return Beginnings.Begin(line);
    }
}
