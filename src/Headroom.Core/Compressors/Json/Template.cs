namespace Headroom.Compressors.Json;

/// <summary>What the strings of a column have in common: literal text, values of other columns, and at most one part of their own.</summary>
/// <param name="Parts">The parts, in order.</param>
internal sealed record Template(IReadOnlyList<TemplatePart> Parts)
{
    /// <summary>Whether rows have a part of their own, to be shown as a cell.</summary>
    public bool HasHole { get; } = Parts.Any(p => p.Kind == TemplatePartKind.Hole);

    /// <summary>Whether it refers to other columns.</summary>
    public bool HasReferences { get; } = Parts.Any(p => p.Kind == TemplatePartKind.Reference);

    /// <summary>Whether it is a sequence of numbers rather than a string.</summary>
    public bool IsNumber { get; init; }

    /// <summary>Where in the string of each row its own part lies; unused without a hole.</summary>
    public int[] HoleStarts { get; init; } = [];

    /// <summary>Where the own part ends.</summary>
    public int[] HoleEnds { get; init; } = [];
}

/// <summary>One part of a template.</summary>
internal readonly record struct TemplatePart(TemplatePartKind Kind, string Text, int Column, Sequence Sequence)
{
    public static TemplatePart Hole { get; } = new(TemplatePartKind.Hole, "", -1, default);

    public static TemplatePart Of(string literal) => new(TemplatePartKind.Literal, literal, -1, default);

    public static TemplatePart Of(int column) => new(TemplatePartKind.Reference, "", column, default);

    public static TemplatePart Of(Sequence sequence) => new(TemplatePartKind.Sequence, "", -1, sequence);
}

/// <summary>What a part of a template is.</summary>
internal enum TemplatePartKind
{
    Literal,
    Reference,
    Hole,
    Sequence,
}

/// <summary>Numbers that count the rows from 0 or 1.</summary>
internal readonly record struct Sequence(int First)
{
    /// <summary>The number of a row.</summary>
    public string At(int row) => (First + row).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The whole sequence for a header: first and last.</summary>
    public string Describe(int rows) => $"{At(0)}..{At(rows - 1)}";
}
