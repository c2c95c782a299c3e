namespace Headroom.Internal.Code;

/// <summary>What a line of source code is.</summary>
internal enum LineKind
{
    /// <summary>Part of a body, or anything not recognised.</summary>
    Other,

    /// <summary>Blank.</summary>
    Blank,

    /// <summary>A comment.</summary>
    Comment,

    /// <summary>Brings in names of other files.</summary>
    Import,

    /// <summary>A decorator or attribute of the declaration below.</summary>
    Decorator,

    /// <summary>A field, property or constant.</summary>
    Field,

    /// <summary>A function or method.</summary>
    Member,

    /// <summary>A type, module or namespace.</summary>
    Type,
}
