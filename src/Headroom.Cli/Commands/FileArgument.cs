using System.CommandLine;
using System.CommandLine.Parsing;

namespace Headroom.Cli.Commands;

/// <summary>Arguments that name files, and refuse what was meant as an option.</summary>
internal static class FileArgument
{
    /// <summary>Declares <c>FILE…</c>: any number of files.</summary>
    public static Argument<string[]> Many(string description)
    {
        var argument = new Argument<string[]>("FILE") { Description = description, Arity = ArgumentArity.ZeroOrMore };
        argument.Validators.Add(RefuseOptions);
        return argument;
    }

    /// <summary>Declares <c>FILE</c>: one file or none.</summary>
    public static Argument<string?> One(string description)
    {
        var argument = new Argument<string?>("FILE") { Description = description, Arity = ArgumentArity.ZeroOrOne };
        argument.Validators.Add(RefuseOptions);
        return argument;
    }

    // The parser takes an unknown --option for a file name, and "no such file" would be a poor answer to a typing error.
    private static void RefuseOptions(ArgumentResult result)
    {
        foreach (Token token in result.Tokens)
        {
            if (token.Value.Length > 1 && token.Value[0] == '-')
                result.AddError($"there is no option {token.Value}. For a file of that name write ./{token.Value}");
        }
    }
}
