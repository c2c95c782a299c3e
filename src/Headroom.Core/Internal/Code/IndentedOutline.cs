namespace Headroom.Internal.Code;

/// <summary>Finds declarations of languages whose blocks are seen by their indentation: Python, and Ruby and Elixir as they are written.</summary>
/// <remarks>One pass over the lines, with the open declarations on a stack.</remarks>
internal sealed class IndentedOutline
{
    /// <summary>Lines in which the brackets of a signature are closed.</summary>
    private const int MaxSignature = 100;

    private readonly string[] _lines;
    private readonly bool _hasEnd;
    private readonly DeclarationList _found;
    private readonly Stack<(int Indent, int Declaration, bool IsType, bool IsInBody)> _open = [];
    private int _lastCode = -1;

    private IndentedOutline(char[] masked, CodeLanguage language, DeclarationList found)
    {
        _lines = new string(masked).Split('\n');
        _hasEnd = language == CodeLanguage.Ruby;
        _found = found;
    }

    public static void Read(char[] masked, CodeLanguage language, DeclarationList found) => new IndentedOutline(masked, language, found).Run();

    private void Run()
    {
        int line = 0; // lines of the source: a masked line holds several where a string goes on
        int decorators = -1;
        for (int i = 0; i < _lines.Length; i++)
        {
            string text = _lines[i];
            int first = line, height = text.AsSpan().Count(SourceMask.InnerEnd) + 1;
            line += height;
            int indent = text.AsSpan().IndexOfAnyExcept(' ', '\t', '\r');
            if (indent < 0) continue;
            ReadOnlySpan<char> content = text.AsSpan(indent).TrimEnd();
            bool isEnd = _hasEnd && content.StartsWith("end") && (content.Length == 3 || !char.IsLetterOrDigit(content[3]));
            Close(indent, isEnd, first);
            if (isEnd) _lastCode = first;
            else if (content[0] == '@' && !_hasEnd) decorators = decorators < 0 ? first : decorators;
            else
            {
                int signature = SignatureEnd(i, content, out int more);
                if (Declares(content) is { } found && (found.Kind != LineKind.Field || _open.Count == 0 || _open.Peek().IsType))
                {
                    bool inBody = _open.Count > 0 && (_open.Peek().IsInBody || !_open.Peek().IsType);
                    int parent = _open.Count > 0 ? _open.Peek().Declaration : -1;
                    int index = _found.Add(found, decorators >= 0 ? decorators : first, first, first + more, parent, inBody);
                    _found.End(index, first + more + height - 1);
                    if (found.Kind != LineKind.Field && (!_hasEnd || HasBody(content))) _open.Push((indent, index, found.Kind == LineKind.Type, inBody));
                }

                for (; i < signature; i++) line += _lines[i + 1].AsSpan().Count(SourceMask.InnerEnd) + 1;
                _lastCode = line - 1;
                decorators = -1;
            }
        }

        Close(-1, false, line);
    }

    private void Close(int indent, bool isEnd, int line)
    {
        while (_open.Count > 0 && _open.Peek().Indent >= indent)
        {
            bool isOwn = isEnd && _open.Peek().Indent == indent;
            _found.End(_open.Pop().Declaration, isOwn ? line : _lastCode);
            if (isOwn) break;
        }
    }

    /// <summary>The line on which the brackets of a statement are closed, and how many source lines that is further down.</summary>
    private int SignatureEnd(int index, ReadOnlySpan<char> content, out int more)
    {
        more = 0;
        int depth = Depth(content), at = index;
        while (depth > 0 && at + 1 < _lines.Length && at - index < MaxSignature)
        {
            more += _lines[at].AsSpan().Count(SourceMask.InnerEnd) + 1;
            depth += Depth(_lines[++at]);
        }

        if (depth <= 0) return at;
        more = 0;
        return index; // never closed: an error, or a part of a file
    }

    private static int Depth(ReadOnlySpan<char> line)
    {
        int depth = 0;
        foreach (char c in line) depth += c is '(' or '[' or '{' ? 1 : c is ')' or ']' or '}' ? -1 : 0;
        return depth;
    }

    private FoundDeclaration? Declares(ReadOnlySpan<char> content)
    {
        ReadOnlySpan<char> rest = content;
        if (_hasEnd)
        {
            foreach (string modifier in (ReadOnlySpan<string>)["private ", "protected ", "private_class_method ", "public "])
            {
                if (rest.StartsWith(modifier)) rest = rest[modifier.Length..].TrimStart();
            }
        }

        if (rest.StartsWith("async ")) rest = rest[6..].TrimStart();
        foreach ((string word, LineKind kind, bool ruby) in Words)
        {
            if (!rest.StartsWith(word) || (ruby && !_hasEnd) || (word == "type " && _hasEnd)) continue;
            ReadOnlySpan<char> behind = rest[word.Length..].TrimStart();
            if (behind.StartsWith("<<")) return new FoundDeclaration(LineKind.Type, "self", 0, ScopeKind.Type);
            int length = NameLength(behind);
            if (length == 0) return null;
            string path = behind[..length].ToString().Replace("::", ".", StringComparison.Ordinal);
            int split = path.LastIndexOf('.');
            bool qualified = split > 0 && kind == LineKind.Member;
            return new FoundDeclaration(kind, path[(split + 1)..], 0, ScopeKind.Body) { Owner = qualified && path[..split] != "self" ? path[..split] : null };
        }

        return Assigned(rest);
    }

    private static readonly (string Word, LineKind Kind, bool Ruby)[] Words =
    [
        ("class ", LineKind.Type, false), ("def ", LineKind.Member, false), ("type ", LineKind.Type, false), ("module ", LineKind.Type, true), ("defmodule ", LineKind.Type, true),
        ("defprotocol ", LineKind.Type, true), ("defimpl ", LineKind.Type, true), ("defp ", LineKind.Member, true), ("defmacro ", LineKind.Member, true), ("attr_accessor ", LineKind.Field, true),
        ("attr_reader ", LineKind.Field, true), ("attr_writer ", LineKind.Field, true),
    ];

    private int NameLength(ReadOnlySpan<char> text)
    {
        int length = text.StartsWith(":") ? 1 : 0;
        while (length < text.Length && (char.IsLetterOrDigit(text[length]) || text[length] == '_' || (_hasEnd && text[length] is '.' or ':' or '?' or '!' or '='))) length++;
        if (length > 0 && text[length - 1] == '=' && (length == text.Length || text[length] is ' ')) length--; // an endless method
        return length == 0 && _hasEnd ? Math.Max(0, text.IndexOfAny(' ', '(')) : length;
    }

    /// <summary><c>NAME = value</c>, <c>name: type = value</c>.</summary>
    private FoundDeclaration? Assigned(ReadOnlySpan<char> content)
    {
        int length = 0;
        while (length < content.Length && (char.IsLetterOrDigit(content[length]) || content[length] == '_')) length++;
        if (length == 0 || char.IsDigit(content[0])) return null;
        ReadOnlySpan<char> behind = content[length..].TrimStart();
        bool assigns = behind.StartsWith("=") && !behind.StartsWith("==");
        bool annotates = !_hasEnd && behind.StartsWith(": ") && content[..length] is not ("else" or "try" or "finally" or "except" or "lambda");
        if ((!assigns && !annotates) || (_hasEnd && !char.IsAsciiLetterUpper(content[0]))) return null;
        return new FoundDeclaration(LineKind.Field, content[..length].ToString(), 0, ScopeKind.Body);
    }

    /// <summary>Whether an <c>end</c> follows: not behind <c>def a = 1</c>, <c>def a, do: 1</c> and <c>class A; end</c>.</summary>
    private static bool HasBody(ReadOnlySpan<char> content)
    {
        if (content.EndsWith("end") || content.Contains(", do: ", StringComparison.Ordinal)) return false;
        if (!content.StartsWith("def ")) return true;
        int behind = content.IndexOf(')') is >= 0 and var close ? close + 1 : content.Length;
        return !content[behind..].TrimStart().StartsWith("= ") && !(content.IndexOf('(') < 0 && content.Contains(" = ", StringComparison.Ordinal));
    }
}
