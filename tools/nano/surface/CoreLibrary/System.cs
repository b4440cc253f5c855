using System.Collections;
using System.Reflection;

namespace System
{
    public delegate void Action();

    public abstract class Array : ICloneable, IList, ICollection, IEnumerable
    {
        protected extern Array();
        public extern bool IsFixedSize { get; }
        public extern bool IsReadOnly { get; }
        public extern bool IsSynchronized { get; }
        public extern int Length { get; }
        public extern object SyncRoot { get; }
        public static extern int BinarySearch(Array array, int index, int length, object value, IComparer comparer);
        public static extern int BinarySearch(Array array, object value, IComparer comparer);
        public static extern void Clear(Array array, int index, int length);
        public extern object Clone();
        public static extern void Copy(Array sourceArray, int sourceIndex, Array destinationArray, int destinationIndex, int length);
        public static extern void Copy(Array sourceArray, Array destinationArray, int length);
        public extern void CopyTo(Array array, int index);
        public static extern Array CreateInstance(Type elementType, int length);
        public extern IEnumerator GetEnumerator();
        public extern object GetValue(int index);
        public static extern int IndexOf(Array array, object value);
        public static extern int IndexOf(Array array, object value, int startIndex);
        public static extern int IndexOf(Array array, object value, int startIndex, int count);
        extern int ICollection.Count { get; }
        extern object IList.this[int index] { get; set; }
        extern int IList.Add(object value);
        extern bool IList.Contains(object value);
        extern void IList.Clear();
        extern int IList.IndexOf(object value);
        extern void IList.Insert(int index, object value);
        extern void IList.Remove(object value);
        extern void IList.RemoveAt(int index);
    }

    public static class BitConverter
    {
        public static extern bool IsLittleEndian { get; }
        public static extern long DoubleToInt64Bits(double value);
        public static extern byte[] GetBytes(bool value);
        public static extern byte[] GetBytes(char value);
        public static extern byte[] GetBytes(double value);
        public static extern byte[] GetBytes(float value);
        public static extern byte[] GetBytes(int value);
        public static extern byte[] GetBytes(long value);
        public static extern byte[] GetBytes(short value);
        public static extern byte[] GetBytes(uint value);
        public static extern byte[] GetBytes(ulong value);
        public static extern byte[] GetBytes(ushort value);
        public static extern double Int64BitsToDouble(long value);
        public static extern bool ToBoolean(byte[] value, int startIndex);
        public static extern char ToChar(byte[] value, int startIndex);
        public static extern double ToDouble(byte[] value, int startIndex);
        public static extern short ToInt16(byte[] value, int startIndex);
        public static extern int ToInt32(byte[] value, int startIndex);
        public static extern long ToInt64(byte[] value, int startIndex);
        public static extern float ToSingle(byte[] value, int startIndex);
        public static extern string ToString(byte[] value);
        public static extern string ToString(byte[] value, int startIndex);
        public static extern string ToString(byte[] value, int startIndex, int length);
        public static extern ushort ToUInt16(byte[] value, int startIndex);
        public static extern uint ToUInt32(byte[] value, int startIndex);
        public static extern ulong ToUInt64(byte[] value, int startIndex);
    }

    public static class Console
    {
        public static extern void Write(string value);
        public static extern void WriteLine();
        public static extern void WriteLine(string value);
    }

    public static class Convert
    {
        public static extern byte[] FromBase64CharArray(char[] inArray, int offset, int length);
        public static extern byte[] FromBase64String(string inString);
        public static extern string ToBase64String(byte[] inArray);
        public static extern string ToBase64String(byte[] inArray, int offset, int length);
        public static extern bool ToBoolean(byte value);
        public static extern byte ToByte(bool value);
        public static extern byte ToByte(string value, int fromBase = 10);
        public static extern char ToChar(ushort value);
        public static extern DateTime ToDateTime(string value);
        public static extern double ToDouble(string value);
        public static extern short ToInt16(string value, int fromBase = 10);
        public static extern int ToInt32(string value, int fromBase = 10);
        public static extern long ToInt64(string value, int fromBase = 10);
        public static extern sbyte ToSByte(string value, int fromBase = 10);
        public static extern float ToSingle(string value);
        public static extern ushort ToUInt16(string value, int fromBase = 10);
        public static extern uint ToUInt32(string value, int fromBase = 10);
        public static extern ulong ToUInt64(string value, int fromBase = 10);
    }

    public struct DateTime
    {
        private ulong _ticks;
        public static readonly DateTime MaxValue;
        public static readonly DateTime MinValue;
        public static readonly DateTime UnixEpoch;
        public extern DateTime(int year, int month, int day);
        public extern DateTime(int year, int month, int day, int hour, int minute, int second);
        public extern DateTime(int year, int month, int day, int hour, int minute, int second, int millisecond);
        public extern DateTime(long ticks);
        public extern DateTime(long ticks, DateTimeKind kind);
        public extern DateTime Date { get; }
        public extern DateTimeKind Kind { get; }
        public extern DayOfWeek DayOfWeek { get; }
        public extern TimeSpan TimeOfDay { get; }
        public extern int Day { get; }
        public extern int DayOfYear { get; }
        public extern int Hour { get; }
        public extern int Millisecond { get; }
        public extern int Minute { get; }
        public extern int Month { get; }
        public extern int Second { get; }
        public extern int Year { get; }
        public extern long Ticks { get; }
        public static extern DateTime Today { get; }
        public static extern DateTime UtcNow { get; }
        public extern DateTime Add(TimeSpan val);
        public extern DateTime AddDays(double val);
        public extern DateTime AddHours(double val);
        public extern DateTime AddMilliseconds(double val);
        public extern DateTime AddMinutes(double val);
        public extern DateTime AddSeconds(double val);
        public extern DateTime AddTicks(long val);
        public static extern int Compare(DateTime t1, DateTime t2);
        public extern int CompareTo(object val);
        public static extern int DaysInMonth(int year, int month);
        public override extern bool Equals(object obj);
        public static extern bool Equals(DateTime t1, DateTime t2);
        public static extern DateTime FromUnixTimeSeconds(long seconds);
        public override extern int GetHashCode();
        public static extern DateTime Parse(string s);
        public extern DateTime Subtract(TimeSpan val);
        public extern TimeSpan Subtract(DateTime val);
        public override extern string ToString();
        public extern string ToString(string format);
        public extern long ToUnixTimeSeconds();
        public static extern bool TryParse(string s, out DateTime result);
        public static extern bool operator !=(DateTime t1, DateTime t2);
        public static extern DateTime operator +(DateTime d, TimeSpan t);
        public static extern DateTime operator -(DateTime d, TimeSpan t);
        public static extern TimeSpan operator -(DateTime d1, DateTime d2);
        public static extern bool operator <(DateTime t1, DateTime t2);
        public static extern bool operator <=(DateTime t1, DateTime t2);
        public static extern bool operator ==(DateTime d1, DateTime d2);
        public static extern bool operator >(DateTime t1, DateTime t2);
        public static extern bool operator >=(DateTime t1, DateTime t2);
    }

    public enum DateTimeKind
    {
        Utc = 1,
        Local = 2,
    }

    public enum DayOfWeek
    {
        Sunday = 0,
        Monday = 1,
        Tuesday = 2,
        Wednesday = 3,
        Thursday = 4,
        Friday = 5,
        Saturday = 6,
    }

    public abstract class Delegate
    {
        protected extern Delegate();
        public extern object Target { get; }
        public static extern Delegate Combine(Delegate a, Delegate b);
        public override extern bool Equals(object obj);
        public virtual extern Delegate[] GetInvocationList();
        public static extern Delegate Remove(Delegate source, Delegate value);
        public static extern bool operator !=(Delegate d1, Delegate d2);
        public static extern bool operator ==(Delegate d1, Delegate d2);
    }

    public abstract class MulticastDelegate : Delegate
    {
        protected extern MulticastDelegate();
        public override extern bool Equals(object obj);
        public static extern bool operator !=(MulticastDelegate d1, MulticastDelegate d2);
        public static extern bool operator ==(MulticastDelegate d1, MulticastDelegate d2);
    }

    public class EventArgs
    {
        public static readonly EventArgs Empty;
        public extern EventArgs();
    }

    public delegate void EventHandler(object sender, EventArgs e);

    public static class GC
    {
        public static extern void ReRegisterForFinalize(object obj);
        public static extern void SuppressFinalize(object obj);
        public static extern void WaitForPendingFinalizers();
    }

    public struct Guid
    {
        private int[] _data;
        public static readonly Guid Empty;
        public extern Guid(byte[] b);
        public extern Guid(int a, short b, short c, byte d, byte e, byte f, byte g, byte h, byte i, byte j, byte k);
        public extern Guid(string g);
        public extern Guid(uint a, ushort b, ushort c, byte d, byte e, byte f, byte g, byte h, byte i, byte j, byte k);
        public extern int CompareTo(object value);
        public override extern bool Equals(object o);
        public override extern int GetHashCode();
        public static extern Guid NewGuid();
        public extern byte[] ToByteArray();
        public override extern string ToString();
    }

    public interface ICloneable { object Clone(); }
    public interface IComparable { int CompareTo(object obj); }
    public interface IDisposable { void Dispose(); }
    public abstract class MarshalByRefObject { protected extern MarshalByRefObject(); }

    public class Random
    {
        public extern Random();
        public extern Random(int seed);
        public virtual extern int Next();
        public virtual extern int Next(int maxValue);
        public virtual extern void NextBytes(byte[] buffer);
        public virtual extern double NextDouble();
    }

    public struct TimeSpan
    {
        private long _numberOfTicks;
        public const long TicksPerDay = 864000000000;
        public const long TicksPerHour = 36000000000;
        public const long TicksPerMillisecond = 10000;
        public const long TicksPerMinute = 600000000;
        public const long TicksPerSecond = 10000000;
        public static readonly TimeSpan MaxValue;
        public static readonly TimeSpan MinValue;
        public static readonly TimeSpan Zero;
        public extern TimeSpan(int days, int hours, int minutes, int seconds);
        public extern TimeSpan(int days, int hours, int minutes, int seconds, int milliseconds);
        public extern TimeSpan(int hours, int minutes, int seconds);
        public extern TimeSpan(long ticks);
        public extern double TotalDays { get; }
        public extern double TotalHours { get; }
        public extern double TotalMilliseconds { get; }
        public extern double TotalMinutes { get; }
        public extern double TotalSeconds { get; }
        public extern int Days { get; }
        public extern int Hours { get; }
        public extern int Milliseconds { get; }
        public extern int Minutes { get; }
        public extern int Seconds { get; }
        public extern long Ticks { get; }
        public extern TimeSpan Add(TimeSpan ts);
        public static extern int Compare(TimeSpan t1, TimeSpan t2);
        public extern int CompareTo(object value);
        public extern TimeSpan Duration();
        public override extern bool Equals(object value);
        public static extern bool Equals(TimeSpan t1, TimeSpan t2);
        public static extern TimeSpan FromDays(long value);
        public static extern TimeSpan FromHours(long value);
        public static extern TimeSpan FromMilliseconds(long value);
        public static extern TimeSpan FromMinutes(long value);
        public static extern TimeSpan FromSeconds(long value);
        public static extern TimeSpan FromTicks(long value);
        public override extern int GetHashCode();
        public extern TimeSpan Negate();
        public extern TimeSpan Subtract(TimeSpan ts);
        public override extern string ToString();
        public static extern bool operator !=(TimeSpan t1, TimeSpan t2);
        public static extern TimeSpan operator +(TimeSpan t1, TimeSpan t2);
        public static extern TimeSpan operator +(TimeSpan t);
        public static extern TimeSpan operator -(TimeSpan t1, TimeSpan t2);
        public static extern TimeSpan operator -(TimeSpan t);
        public static extern bool operator <(TimeSpan t1, TimeSpan t2);
        public static extern bool operator <=(TimeSpan t1, TimeSpan t2);
        public static extern bool operator ==(TimeSpan t1, TimeSpan t2);
        public static extern bool operator >(TimeSpan t1, TimeSpan t2);
        public static extern bool operator >=(TimeSpan t1, TimeSpan t2);
    }

    public abstract class Type : MemberInfo
    {
        protected extern Type();
        public abstract Assembly Assembly { get; }
        public abstract Type BaseType { get; }
        public abstract string AssemblyQualifiedName { get; }
        public abstract string FullName { get; }
        public extern bool IsAbstract { get; }
        public extern bool IsArray { get; }
        public extern bool IsClass { get; }
        public extern bool IsEnum { get; }
        public extern bool IsInterface { get; }
        public extern bool IsNotPublic { get; }
        public extern bool IsPublic { get; }
        public extern bool IsSerializable { get; }
        public extern bool IsValueType { get; }
        public override extern Type DeclaringType { get; }
        public extern ConstructorInfo GetConstructor(Type[] types);
        public abstract Type GetElementType();
        public extern FieldInfo GetField(string name);
        public abstract FieldInfo GetField(string name, BindingFlags bindingAttr);
        public extern MethodInfo GetMethod(string name);
        public extern MethodInfo GetMethod(string name, BindingFlags bindingAttr);
        public extern MethodInfo GetMethod(string name, Type[] types);
        public abstract Type[] GetInterfaces();
        public static extern Type GetType(string typeName);
        public static extern Type GetTypeFromHandle(RuntimeTypeHandle handle);
        public virtual extern bool IsInstanceOfType(object o);
        public virtual extern bool IsSubclassOf(Type c);
        public override extern string ToString();
    }

    public sealed class Version
    {
        public extern Version(int major, int minor);
        public extern Version(int major, int minor, int build, int revision);
        public extern int Build { get; }
        public extern int Major { get; }
        public extern int Minor { get; }
        public extern int Revision { get; }
        public override extern bool Equals(object obj);
        public override extern int GetHashCode();
        public override extern string ToString();
    }

    public class WeakReference
    {
        public extern WeakReference(object target);
        public virtual extern bool IsAlive { get; }
        public virtual extern object Target { get; set; }
    }
}
