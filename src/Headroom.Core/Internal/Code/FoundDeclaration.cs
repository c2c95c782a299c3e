namespace Headroom.Internal.Code;

/// <summary>What a statement declares.</summary>
/// <param name="Kind">A type, member or field.</param>
/// <param name="Name">Its name; may be empty until the statement ends.</param>
/// <param name="At">Index of the token it begins at, attributes passed over.</param>
/// <param name="Inner">What a brace behind it opens.</param>
internal readonly record struct FoundDeclaration(LineKind Kind, string Name, int At, ScopeKind Inner)
{
    /// <summary>What it belongs to, where the statement says so; else <see langword="null"/>.</summary>
    public string? Owner { get; init; }

    /// <summary>It is a value whose braces do not end the statement.</summary>
    public bool IsValue { get; init; }
}
