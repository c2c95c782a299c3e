using System.Reflection;
using System.Text;

namespace Headroom.TestSupport;

/// <summary>Writes the public surface of an assembly as text, one member a line, so that a change of it shows in a diff.</summary>
public static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Compares with the approved file beside the tests; with HEADROOM_ACCEPT=1 writes it instead. Returns the difference, or null.</summary>
    public static string? DifferenceFromApproved(Assembly assembly, string approvedFile)
    {
        string actual = Describe(assembly), path = RepositoryFiles.PathOf(approvedFile);
        if (Environment.GetEnvironmentVariable("HEADROOM_ACCEPT") == "1") File.WriteAllText(path, actual);
        string approved = File.Exists(path) ? File.ReadAllText(path) : "";
        if (approved == actual) return null;
        string[] before = approved.Split('\n'), after = actual.Split('\n');
        return string.Join('\n', before.Except(after).Select(l => "- " + l).Concat(after.Except(before).Select(l => "+ " + l)));
    }

    private static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            string kind = type.IsInterface ? "interface" : type.IsEnum ? "enum" : type.IsValueType ? "struct" : type.IsAbstract && type.IsSealed ? "static class"
                : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";
            text.Append(kind).Append(' ').Append(Name(type)).Append('\n');
            foreach (string member in type.GetMembers(Declared).Select(Describe).OfType<string>().Distinct().Order(StringComparer.Ordinal)) text.Append("    ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    private static string? Describe(MemberInfo member) => member switch
    {
        FieldInfo { IsPublic: true } field when field.Name != "value__" => field.DeclaringType!.IsEnum ? field.Name : $"{Name(field.FieldType)} {field.Name}",
        ConstructorInfo constructor when IsVisible(constructor) => $".ctor({Parameters(constructor)})",
        PropertyInfo property when property.Name != "EqualityContract" && property.GetAccessors(true).Any(IsVisible) =>
            $"{Name(property.PropertyType)} {property.Name} {{ {string.Join(" ", property.GetAccessors(true).Where(IsVisible).Select(a => a.Name.Split('_')[0] + ";").Order())} }}",
        MethodInfo method when IsVisible(method) && !method.IsSpecialName && !method.Name.Contains('<') && !IsWrittenByCompiler(method.Name) =>
            $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)} {method.Name}({Parameters(method)})",
        _ => null,
    };

    private static bool IsWrittenByCompiler(string name) => name is "PrintMembers" or "Deconstruct" or "Equals" or "GetHashCode" or "ToString";

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(p => Name(p.ParameterType) + " " + p.Name + (p.HasDefaultValue ? " = " + (p.DefaultValue ?? "null") : "")));

    private static string Name(Type type)
    {
        if (type.IsGenericParameter) return type.Name;
        string name = type.IsNested ? Name(type.DeclaringType!) + "." + type.Name : type.Namespace is "System" ? type.Name : type.Namespace + "." + type.Name;
        return type.IsGenericType ? name.Split('`')[0] + "<" + string.Join(", ", type.GetGenericArguments().Select(Name)) + ">" : name;
    }
}
