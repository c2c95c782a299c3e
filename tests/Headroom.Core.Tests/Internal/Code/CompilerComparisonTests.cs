using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Headroom.Internal.Code;

/// <summary>The outline of this repository's own sources against what the compiler reads in them.</summary>
public sealed class CompilerComparisonTests
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview);

    [Fact]
    public void Everything_the_compiler_sees_declared_is_in_the_outline()
    {
        List<string> problems = [];
        int compared = 0;
        foreach (string file in Sources())
        {
            string text = File.ReadAllText(file);
            List<Declaration> outline = [.. CodeOutline.Of(text).Declarations];
            foreach ((string name, int first, int last) in Declared(text))
            {
                compared++;
                Declaration? found = outline.Find(d => d.Line == first && d.Name == name) ?? outline.Find(d => d.Line == first);
                if (found is null) problems.Add($"{Path.GetFileName(file)}:{first + 1} {name} is missing");
                else if (found.Name != name) problems.Add($"{Path.GetFileName(file)}:{first + 1} {name} is called {found.Name}");
                else if (found.Last != last && !IsFileScoped(text, first)) problems.Add($"{Path.GetFileName(file)}:{first + 1} {name} ends at {last + 1}, not at {found.Last + 1}");
            }
        }

        Assert.True(problems.Count == 0, $"{problems.Count} of {compared}:\n" + string.Join('\n', problems.Take(40)));
        Assert.True(compared > 4_000, $"only {compared} declarations");
    }

    [Fact]
    public void Nothing_is_in_the_outline_that_the_compiler_does_not_see()
    {
        List<string> problems = [];
        foreach (string file in Sources())
        {
            string text = File.ReadAllText(file);
            HashSet<int> lines = [.. Declared(text).Select(d => d.First), .. LocalFunctions(text)];
            problems.AddRange(CodeOutline.Of(text).Declarations.Where(d => !lines.Contains(d.Line)).Select(d => $"{Path.GetFileName(file)}:{d.Line + 1} {d.Name}"));
        }

        Assert.True(problems.Count == 0, $"{problems.Count}:\n" + string.Join('\n', problems.Take(40)));
    }

    private static IEnumerable<string> Sources() =>
        new[] { "src", "tests" }.SelectMany(d => Directory.EnumerateFiles(RepositoryFiles.PathOf(d), "*.cs", SearchOption.AllDirectories))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/Corpus/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static IEnumerable<(string Name, int First, int Last)> Declared(string text)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(text, Options);
        foreach (MemberDeclarationSyntax member in tree.GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>())
        {
            if (member is GlobalStatementSyntax or EnumMemberDeclarationSyntax || NameOf(member) is not { } name) continue;
            SyntaxToken start = member.AttributeLists.Count > 0 ? member.AttributeLists[^1].GetLastToken().GetNextToken() : member.GetFirstToken();
            yield return (name, LineOf(tree, start.SpanStart), LineOf(tree, member.Span.End - 1));
        }
    }

    private static IEnumerable<int> LocalFunctions(string text)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(text, Options);
        return tree.GetRoot().DescendantNodes().OfType<LocalFunctionStatementSyntax>().Select(f => LineOf(tree, f.SpanStart));
    }

    private static string? NameOf(MemberDeclarationSyntax member) => member switch
    {
        BaseNamespaceDeclarationSyntax space => space.Name.ToString().Split('.')[^1],
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text,
        MethodDeclarationSyntax method => method.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        EventDeclarationSyntax happening => happening.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        DestructorDeclarationSyntax destructor => "~" + destructor.Identifier.Text,
        IndexerDeclarationSyntax => "this[]",
        OperatorDeclarationSyntax sign => "operator " + sign.OperatorToken.Text,
        ConversionOperatorDeclarationSyntax conversion => "operator " + conversion.Type,
        BaseFieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.Text,
        _ => null,
    };

    private static bool IsFileScoped(string text, int line) => text.Split('\n')[line].StartsWith("namespace ", StringComparison.Ordinal);

    private static int LineOf(SyntaxTree tree, int position) => tree.GetLineSpan(new Microsoft.CodeAnalysis.Text.TextSpan(position, 0)).StartLinePosition.Line;
}
