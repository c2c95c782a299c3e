namespace Headroom.Internal.Code;

/// <summary>What stands between two brackets determines what a statement there may declare.</summary>
internal enum ScopeKind
{
    /// <summary>A file, or a part of one: nothing is known of what stands around it.</summary>
    File,

    /// <summary>The members of a type, module or namespace.</summary>
    Type,

    /// <summary>The values of an enumeration; behind a semicolon members may follow.</summary>
    Enum,

    /// <summary>Statements.</summary>
    Body,

    /// <summary>The members of an object literal.</summary>
    Object,

    /// <summary>Declarations of one kind between parentheses, as Go writes them.</summary>
    Group,
}

/// <summary>An open bracket whose content is read statement by statement.</summary>
internal sealed class BraceScope(ScopeKind kind, int declaration, string name, int firstToken, int indent, bool continues)
{
    public ScopeKind Kind { get; set; } = kind;

    /// <summary>Index of the declaration that opened it, or -1.</summary>
    public int Declaration { get; } = declaration;

    /// <summary>Index of the nearest declaration around its content, or -1.</summary>
    public int Around { get; init; } = -1;

    /// <summary>Whether it stands, however deep, in a body.</summary>
    public bool IsInBody { get; init; }

    /// <summary>Name of the type around it, or the word a group began with.</summary>
    public string Name { get; } = name;

    /// <summary>Where the tokens of its current statement begin.</summary>
    public int FirstToken { get; } = firstToken;

    /// <summary>Indentation of the statement that opened it.</summary>
    public int Indent { get; } = indent;

    /// <summary>Indentation of its first line, or -1 before that was seen.</summary>
    public int InnerIndent { get; set; } = -1;

    /// <summary>Whether the statement around it goes on behind it.</summary>
    public bool Continues { get; } = continues;

    /// <summary>Open parentheses of the current statement.</summary>
    public int Parentheses { get; set; }

    /// <summary>Declaration that the current statement has already been found to be, or -1.</summary>
    public int Pending { get; set; } = -1;

    /// <summary>Declaration that ended last and may go on (<c>{ get; } = 3;</c>), or -1.</summary>
    public int Closed { get; set; } = -1;
}
