using System.Globalization;
using System.Text;
using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <summary>Writes a parsed text in the document notation: a header, a legend, and the value with its tables and records.</summary>
internal sealed partial class DocumentWriter
{
    /// <summary>Containers longer than this get a line of their own where that costs nothing.</summary>
    private const int LongContainer = 50;

    private readonly JsonTape _tape;
    private readonly DocumentPlan _plan;
    private readonly StringBuilder _output = new();
    private readonly TermWriter _terms;
    private bool _plain;

    private DocumentWriter(JsonTape tape, DocumentPlan plan)
    {
        _tape = tape;
        _plan = plan;
        _terms = new TermWriter(_output, [.. plan.Shapes.Select(s => s.Name)]);
    }

    /// <summary>The document form of a parsed text.</summary>
    /// <param name="tape">The parsed text.</param>
    /// <param name="plan">What is a table and what a record.</param>
    /// <param name="areLines">Whether the root stands for the lines of the text.</param>
    public static string Write(JsonTape tape, DocumentPlan plan, bool areLines)
    {
        var writer = new DocumentWriter(tape, plan);
        writer.Body(); // first to see which strings repeat
        writer._terms.Dictionary = TextDictionary.Create(writer._terms.Seen);
        writer._output.Clear();
        writer.Header(areLines);
        writer.Body();
        return writer._output.ToString();
    }

    private void Header(bool areLines)
    {
        _output.Append(areLines ? Notation.LinesHeader : Notation.Header);
        if (_plan.Tables.Count > 0) _output.Append(Notation.TablesNote);
        if (_plan.Shapes.Count > 0) _output.Append(Notation.ShapesNote);
        _output.Append('\n');
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
                Table(table);
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
                    Separate(item, item == node + 1);
                    Value(item);
                }

                _output.Append(']');
                break;
            case JsonKind.String:
                _terms.Word(_tape.Value(node));
                break;
            case JsonKind.Raw:
                _output.Append('>').Append(_tape.Raw(node)).Append('\n');
                break;
            default:
                _output.Append(_tape.Raw(node));
                break;
        }
    }

    private void Entries(int node)
    {
        int end = _tape.Next(node);
        for (int key = node + 1; key < end; key = _tape.Next(key + 1))
        {
            Separate(key + 1, key == node + 1);
            Key(_tape.Value(key));
            _output.Append('=');
            Value(key + 1);
        }
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
