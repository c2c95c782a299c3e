using Headroom.Internal.Code;

namespace Headroom.Retrieval;

/// <summary>A name asked for: <c>Cart.AddItem</c>, also as <c>Cart::add_item</c>, <c>Cart#add</c>, <c>/Cart/add</c>, <c>class Cart</c> or <c>AddItem()</c>.</summary>
/// <param name="Text">As it was asked for.</param>
/// <param name="Names">The names, the outermost first.</param>
internal sealed record SymbolPath(string Text, IReadOnlyList<string> Names)
{
    /// <summary>The names in an argument; commas outside parentheses and generic arguments part them.</summary>
    public static IEnumerable<SymbolPath> Split(string argument)
    {
        int start = 0, depth = 0;
        for (int i = 0; i <= argument.Length; i++)
        {
            char c = i < argument.Length ? argument[i] : ',';
            depth += c is '(' or '<' ? 1 : c is ')' or '>' && depth > 0 ? -1 : 0;
            if (c != ',' || (depth > 0 && i < argument.Length)) continue;
            if (Parse(argument[start..i]) is { } path) yield return path;
            start = i + 1;
        }
    }

    /// <summary>What is declared under the name, in the order of the lines: as it is spelled, else in any case, else by its last names alone.</summary>
    public List<Declaration> In(CodeOutline outline)
    {
        for (int skipped = 0; skipped < Names.Count; skipped++)
        {
            foreach (StringComparison comparison in (ReadOnlySpan<StringComparison>)[StringComparison.Ordinal, StringComparison.OrdinalIgnoreCase])
            {
                List<Declaration> found = [.. outline.Declarations.Where(d => Matches(outline, d, Names.Count - 1, skipped, comparison))];
                if (found.Count > 0) return Outermost(found);
            }
        }

        return [];
    }

    /// <summary>Whether a declaration is spelled like the last name.</summary>
    public bool IsNear(Declaration declaration) =>
        declaration.Name.Length is > 1 and <= MaxName && Names[^1].Length is > 1 and <= MaxName
        && (WordDistance.IsNear(Names[^1], declaration.Name) || declaration.Name.Contains(Names[^1], StringComparison.OrdinalIgnoreCase));

    /// <summary>Longer names are not compared letter by letter.</summary>
    private const int MaxName = 60;

    /// <summary>Of longer paths the last names count: nobody nests deeper, and each costs a look at every declaration.</summary>
    private const int MaxNames = 8;

    private static SymbolPath? Parse(string text)
    {
        string name = text.Trim(' ', '"', '\'', '`', '/', '$', '#', '.');
        int arguments = name.IndexOf('(', StringComparison.Ordinal);
        if (arguments > 0 && !name.Contains("operator", StringComparison.Ordinal)) name = name[..arguments].TrimEnd();
        int generic = name.IndexOf('<', StringComparison.Ordinal);
        if (generic > 0 && !name.Contains("operator", StringComparison.Ordinal)) name = WithoutGenerics(name);
        int blank = name.LastIndexOf(' ');
        if (blank > 0 && !name.Contains("operator", StringComparison.Ordinal)) name = name[(blank + 1)..]; // "class Cart"
        string[] names = name.Split([".", "::", "#", "/", "->", "\\"], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.Length == 0 ? null : new SymbolPath(text.Trim(), names[Math.Max(0, names.Length - MaxNames)..]);
    }

    private static string WithoutGenerics(string name)
    {
        int depth = 0;
        return string.Concat(name.Where(c =>
        {
            depth += c == '<' ? 1 : c == '>' ? -1 : 0;
            return depth <= 0 && c != '>';
        }));
    }

    /// <summary>Whether a declaration has the name at <paramref name="at"/> and stands in what the names before it, from <paramref name="first"/> on, say.</summary>
    private bool Matches(CodeOutline outline, Declaration declaration, int at, int first, StringComparison comparison)
    {
        if (!IsCalled(declaration.Name, Names[at], comparison)) return false;
        while (at > first)
        {
            at--;
            if (declaration.Owner.Length > 0 && at == first) return IsCalled(declaration.Owner, Names[at], comparison);
            if (declaration.Parent < 0) return false;
            declaration = outline.Declarations[declaration.Parent];
            if (!IsCalled(declaration.Name, Names[at], comparison)) return false;
        }

        return true;
    }

    private static bool IsCalled(string declared, string name, StringComparison comparison) =>
        string.Equals(declared, name, comparison) || (declared.Length > 1 && declared[0] is '$' or ':' or '#' or '~' && declared.AsSpan(1).Equals(name, comparison));

    /// <summary>In the order of their lines, without what stands inside another one that was found.</summary>
    private static List<Declaration> Outermost(List<Declaration> found)
    {
        List<Declaration> outermost = [];
        foreach (Declaration declaration in found.OrderBy(d => d.First).ThenByDescending(d => d.Last))
        {
            if (outermost.Count == 0 || declaration.Last > outermost[^1].Last || declaration.First > outermost[^1].Last) outermost.Add(declaration);
        }

        return outermost;
    }
}
