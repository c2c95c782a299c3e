using System.Globalization;
using System.Text;
using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <summary>Writes a parsed text in the document notation: a header, a legend, and the value with its tables and records.</summary>
internal sealed partial class DocumentWriter
{
    /// <summary>Containers longer than this get a line of their own where that costs nothing.</summary>
    private const int LongContainer = 50;

    /// <summary>Characters of a string below which JSON in it is left quoted: a bracketed word is no document.</summary>
    private const int MinInner = 12;

    /// <summary>How often JSON in a string in JSON in a string … is opened.</summary>
    private const int MaxInner = 3;

    private readonly JsonTape _tape;
    private readonly DocumentPlan _plan;
    private readonly StringBuilder _output;
    private readonly TermWriter _terms;
    private readonly int _inner;
    private DocumentMarks _marks;
    private bool _plain;

    private DocumentWriter(JsonTape tape, DocumentPlan plan)
    {
        if (plan.Shapes.Count > 0) _marks = DocumentMarks.Shapes;
        _tape = tape;
        _plan = plan;
        _output = new StringBuilder(tape.Text.Length / 2); // in one piece: lengths are set back often, which is slow across pieces
        _terms = new TermWriter(_output, [.. plan.Shapes.Select(s => s.Name)]);
    }

    /// <summary>A writer for JSON inside a string of the document that <paramref name="outer"/> writes.</summary>
    private DocumentWriter(JsonTape tape, DocumentWriter outer)
    {
        _tape = tape;
        _plan = outer._plan;
        _output = outer._output;
        _terms = outer._terms;
        _inner = outer._inner + 1;
        _plain = true;
    }

    /// <summary>The document form of a parsed text.</summary>
    /// <param name="tape">The parsed text.</param>
    /// <param name="plan">What is a table and what a record.</param>
    /// <param name="header">What the text stands for.</param>
    /// <param name="before">Other text before it.</param>
    /// <param name="after">Other text after it.</param>
    public static string Write(JsonTape tape, DocumentPlan plan, DocumentHeader header, ReadOnlySpan<char> before = default, ReadOnlySpan<char> after = default)
    {
        var writer = new DocumentWriter(tape, plan);
        writer.Body(); // first to see which strings repeat
        writer._terms.Dictionary = TextDictionary.Create(writer._terms.Seen);
        string body = writer._terms.Dictionary.Entries.Count == 0 ? writer._output.ToString() : "";
        writer._output.Clear();
        header.Write(writer._output, writer._marks);
        writer._output.Append(before);
        if (body.Length > 0) return writer._output.Append(body).Append(after).ToString(); // nothing to refer to: it stands as it would the second time
        writer.Legend();
        writer.Body();
        writer._output.Append(after);
        return writer._output.ToString();
    }

    private void Legend()
    {
        TextDictionary dictionary = _terms.Dictionary!;
        for (int i = 1; i <= dictionary.Entries.Count; i++)
        {
            _output.Append(CultureInfo.InvariantCulture, $"${i}=");
            _terms.Definition(i);
            _output.Append('\n');
        }
    }

    private void Body()
    {
        foreach (RecordShape shape in _plan.Shapes) Declare(shape);
        if (_tape.Kind(0) == JsonKind.Object && !_plan.Tables.ContainsKey(0) && _plan.ShapeOf(0) is null) Entries(0);
        else Value(0);
    }

    private void Value(int node)
    {
        switch (_tape.Kind(node))
        {
            case JsonKind.Object when !_plain && _plan.Tables.TryGetValue(node, out TablePlan? table):
            case JsonKind.Array when !_plain && _plan.Tables.TryGetValue(node, out table):
                Table(table, node);
                break;
            case JsonKind.Object when !_plain && _plan.ShapeOf(node) is { } shape:
                Record(shape, node);
                break;
            case JsonKind.Object:
                _output.Append('{');
                Entries(node);
                _output.Append('}');
                break;
            case JsonKind.Array:
                _output.Append('[');
                int end = _tape.Next(node);
                for (int item = node + 1; item < end; item = _tape.Next(item))
                {
                    GapBefore(item);
                    Separate(item, item == node + 1);
                    Value(item);
                }

                GapAtEnd(node);
                _output.Append(']');
                break;
            case JsonKind.String:
                if (!TryInner(_tape.Value(node))) _terms.Word(_tape.Value(node));
                break;
            case JsonKind.Raw:
                _output.Append('>').Append(_tape.Raw(node)).Append('\n');
                break;
            default:
                _output.Append(_tape.Raw(node));
                break;
        }
    }

    /// <summary>Opens JSON that stands in a string, where its spelling is a usual one and so can be restored exactly.</summary>
    private bool TryInner(ReadOnlySpan<char> text)
    {
        if (text.Length < MinInner || _inner >= MaxInner || !(text[0] == '{' && text[^1] == '}') && !(text[0] == '[' && text[^1] == ']')) return false;
        JsonTape? inner = JsonParser.Parse(text.ToString());
        JsonSpelling? found = inner is null ? JsonSpelling.Python : JsonWriter.FindSpelling(inner);
        inner ??= PythonData.Plain(text.ToString());
        if (inner is null || inner.MaxDepth > DocumentPlan.MaxDepth / 4 || found is not { } spelling) return false;
        _output.Append(Notation.Inner);
        if (spelling != JsonSpelling.Compact) _output.Append(Notation.InnerSpellings[(int)spelling]);
        new DocumentWriter(inner, this).Value(0);
        return true;
    }

    private void Entries(int node)
    {
        int end = _tape.Next(node);
        for (int key = node + 1; key < end; key = _tape.Next(key + 1))
        {
            GapBefore(key);
            Separate(key + 1, key == node + 1);
            Key(_tape.Value(key));
            _output.Append('=');
            Value(key + 1);
        }

        GapAtEnd(node);
    }

    private void Key(ReadOnlySpan<char> key)
    {
        if (Bare.IsKey(key)) _output.Append(key);
        else JsonText.AppendQuoted(_output, key);
    }

    /// <summary>Puts a blank, or a line end where a long container ended (which costs no token), before the next value.</summary>
    private void Separate(int node, bool isFirst)
    {
        if (isFirst) return;
        char last = _output[^1];
        if (last == '\n') return;
        bool wide = (last is '}' or ']' or ')') && !_plain && _tape.End(node) - _tape.Start(node) > LongContainer;
        _output.Append(wide ? '\n' : ' ');
    }
}
