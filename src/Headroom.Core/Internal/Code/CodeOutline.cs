namespace Headroom.Internal.Code;

/// <summary>What a source declares, and where: found from its words, signs and brackets, without a parser.</summary>
/// <remarks>
/// Works on parts of files, on files with errors, and behind the numbers that tools put before lines. Linear. A wrong guess shows a line too
/// many or too few, and every line can be fetched.
/// </remarks>
internal sealed class CodeOutline
{
    private readonly DeclarationList _found = new();
    private readonly List<(int Line, LineKind Kind, string Name)> _guesses = [];

    private CodeOutline(NumberedCode source)
    {
        Lines = source.Lines;
        Language = LanguageGuess.Of(Lines);
        Kinds = new LineKind[Lines.Length];
        string[] shown = Lines;
        if (Language != CodeLanguage.Unknown)
        {
            char[] masked = SourceMask.Of(string.Join('\n', Lines.Select((line, i) => source.IsAround(i) ? "" : line)), Language);
            if (Language is CodeLanguage.Python or CodeLanguage.Ruby) IndentedOutline.Read(masked, Language, _found);
            else BraceOutline.Read(masked, Language, _found);
            for (int i = 0; i < masked.Length; i++) masked[i] = masked[i] == SourceMask.InnerEnd ? '\n' : masked[i];
            shown = new string(masked).Split('\n');
        }

        Describe(shown, source);
    }

    /// <summary>The language most of it is in.</summary>
    public CodeLanguage Language { get; }

    /// <summary>The lines, without numbers in front.</summary>
    public string[] Lines { get; }

    /// <summary>What each line is; of a declaration, only the line it begins on is of its kind.</summary>
    public LineKind[] Kinds { get; }

    /// <summary>What is declared, in the order it begins in.</summary>
    public IReadOnlyList<Declaration> Declarations => _found.All;

    public static CodeOutline Of(string text) => new(NumberedCode.Read(text));

    public static CodeOutline Of(NumberedCode source) => new(source);

    /// <summary>Names of what is declared around a declaration and its own, joined by points.</summary>
    public string PathOf(Declaration declaration)
    {
        string around = declaration.Owner.Length > 0 ? declaration.Owner : declaration.Parent >= 0 ? Declarations[declaration.Parent].Name : "";
        return around.Length > 0 ? around + "." + declaration.Name : declaration.Name;
    }

    private void Describe(string[] masked, NumberedCode source)
    {
        string below = "";
        for (int i = Lines.Length - 1; i >= 0; i--)
        {
            (LineKind kind, string name) = LineGuess.Of(Lines[i], below);
            if (kind != LineKind.Blank) below = Lines[i];
            if (Language != CodeLanguage.Unknown)
            {
                if (source.IsAround(i)) kind = LineKind.Other;
                else if (kind != LineKind.Blank && string.IsNullOrWhiteSpace(masked[i])) kind = LineKind.Comment;
                else if (kind is LineKind.Comment && Language is not (CodeLanguage.C or CodeLanguage.CSharp)) kind = LineKind.Other;
                else if (kind is LineKind.Type or LineKind.Member or LineKind.Field && !Lines[i].AsSpan().TrimStart().StartsWith("#define")) kind = LineKind.Other;
            }

            Kinds[i] = kind;
            if (kind is LineKind.Type or LineKind.Member or LineKind.Field) _guesses.Add((i, kind, name));
        }

        _guesses.Reverse();
        GuessedOutline.Read(Lines, _guesses, _found); // macros, where the language is known
        foreach (Declaration declaration in Declarations)
        {
            for (int line = declaration.First; line < declaration.Line; line++) Kinds[line] = LineKind.Decorator;
            if (Kinds[declaration.Line] is not (LineKind.Type or LineKind.Member)) Kinds[declaration.Line] = declaration.Kind;
        }

        TakeWhatStandsAbove();
    }

    /// <summary>Comments and attributes right above a declaration belong to it.</summary>
    private void TakeWhatStandsAbove()
    {
        int[] tops = new int[Lines.Length]; // where the comments begin that reach a line
        for (int i = 0; i < tops.Length; i++) tops[i] = i > 0 && Kinds[i - 1] is LineKind.Comment or LineKind.Decorator ? tops[i - 1] : i;
        for (int i = 0; i < Declarations.Count; i++) _found.Begin(i, tops[Declarations[i].First]);
    }
}
