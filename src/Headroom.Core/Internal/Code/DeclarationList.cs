namespace Headroom.Internal.Code;

/// <summary>Declarations in the order they begin in, with their ends set when they are known.</summary>
internal sealed class DeclarationList
{
    private readonly List<Declaration> _all = [];

    public IReadOnlyList<Declaration> All => _all;

    /// <summary>Adds a declaration that goes on; its index.</summary>
    public int Add(FoundDeclaration found, int first, int line, int signature, int parent, bool isLocal)
    {
        _all.Add(new Declaration(found.Kind, found.Name, found.Owner ?? "", parent, isLocal, first, line, signature, signature));
        return _all.Count - 1;
    }

    /// <summary>Sets the last line of a declaration, and its name if it had none yet (<c>typedef struct { … } name;</c>).</summary>
    public void End(int index, int line, string name = "")
    {
        Declaration declaration = _all[index];
        _all[index] = declaration with { Last = Math.Max(declaration.Line, line), Name = declaration.Name.Length > 0 ? declaration.Name : name };
    }

    /// <summary>Sets the first line of what belongs to a declaration.</summary>
    public void Begin(int index, int first) => _all[index] = _all[index] with { First = first };
}
