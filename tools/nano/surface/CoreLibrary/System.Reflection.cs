namespace System.Reflection
{
    public class Assembly
    {
        public extern Assembly();
        public virtual extern string FullName { get; }
        public static extern Assembly GetAssembly(Type type);
        public static extern Assembly GetExecutingAssembly();
        public extern AssemblyName GetName();
        public virtual extern Type GetType(string name, bool throwOnError);
        public virtual extern Type GetType(string name);
        public virtual extern Type[] GetTypes();
        public static extern Assembly Load(string assemblyString);
        public static extern Assembly Load(byte[] rawAssembly);
    }

    public sealed class AssemblyCompanyAttribute : Attribute
    {
        public extern AssemblyCompanyAttribute(string company);
        public extern string Company { get; }
    }

    public sealed class AssemblyConfigurationAttribute : Attribute
    {
        public extern AssemblyConfigurationAttribute(string configuration);
        public extern string Configuration { get; }
    }

    public sealed class AssemblyCopyrightAttribute : Attribute
    {
        public extern AssemblyCopyrightAttribute(string copyright);
        public extern string Copyright { get; }
    }

    public sealed class AssemblyDescriptionAttribute : Attribute
    {
        public extern AssemblyDescriptionAttribute(string description);
        public extern string Description { get; }
    }

    public sealed class AssemblyFileVersionAttribute : Attribute
    {
        public extern AssemblyFileVersionAttribute(string version);
        public extern string Version { get; }
    }

    public sealed class AssemblyInformationalVersionAttribute : Attribute
    {
        public extern AssemblyInformationalVersionAttribute(string informationalVersion);
        public extern string InformationalVersion { get; }
    }

    public sealed class AssemblyProductAttribute : Attribute
    {
        public extern AssemblyProductAttribute(string product);
        public extern string Product { get; }
    }

    public sealed class AssemblyTitleAttribute : Attribute
    {
        public extern AssemblyTitleAttribute(string title);
        public extern string Title { get; }
    }

    public sealed class AssemblyVersionAttribute : Attribute
    {
        public extern AssemblyVersionAttribute(string version);
        public extern string Version { get; }
    }

    public sealed class AssemblyName
    {
        internal extern AssemblyName();
        public extern string FullName { get; }
        public extern string Name { get; }
        public extern Version Version { get; }
    }

    [Flags]
    public enum BindingFlags
    {
        Default = 0,
        IgnoreCase = 1,
        DeclaredOnly = 2,
        Instance = 4,
        Static = 8,
        Public = 16,
        NonPublic = 32,
        FlattenHierarchy = 64,
    }

    public abstract class ConstructorInfo : MethodBase
    {
        protected extern ConstructorInfo();
        public override extern MemberTypes MemberType { get; }
        public extern object Invoke(object[] parameters);
    }

    public sealed class DefaultMemberAttribute : Attribute
    {
        public extern DefaultMemberAttribute(string memberName);
        public extern string MemberName { get; }
    }

    public abstract class FieldInfo : MemberInfo
    {
        protected extern FieldInfo();
        public abstract Type FieldType { get; }
        public override extern MemberTypes MemberType { get; }
        public abstract object GetValue(object obj);
        public virtual extern void SetValue(object obj, object value);
    }

    public abstract class MemberInfo
    {
        protected extern MemberInfo();
        public abstract MemberTypes MemberType { get; }
        public abstract Type DeclaringType { get; }
        public abstract string Name { get; }
        public abstract object[] GetCustomAttributes(bool inherit);
    }

    public enum MemberTypes
    {
        Constructor = 1,
        Event = 2,
        Field = 4,
        Method = 8,
        Property = 16,
        TypeInfo = 32,
        Custom = 64,
        NestedType = 128,
        All = 191,
    }

    public abstract class MethodBase : MemberInfo
    {
        protected extern MethodBase();
        public override extern Type DeclaringType { get; }
        public override extern string Name { get; }
        public extern bool IsAbstract { get; }
        public extern bool IsFinal { get; }
        public extern bool IsPublic { get; }
        public extern bool IsStatic { get; }
        public extern bool IsVirtual { get; }
        public extern object Invoke(object obj, object[] parameters);
    }

    public abstract class MethodInfo : MethodBase
    {
        protected extern MethodInfo();
        public override extern MemberTypes MemberType { get; }
        public abstract Type ReturnType { get; }
    }
}
